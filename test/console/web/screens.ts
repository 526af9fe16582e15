import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { root } from '../../house/tree.ts';
import { RegionByHand } from '../../journey/plant.ts';
import { settled } from './browser.ts';
import { builtPages } from './built-pages.ts';
import { OnDuty } from './on-duty.ts';
import { Person } from './person.ts';

// Pictures of every page on the demo, as docs/screens shows them: `npm run console:screens`.

const folder = join(root, 'docs', 'screens');
const sizes = [{ width: 1366, height: 768 }, { width: 1920, height: 1080 }];
const mostBytes = 200 * 1024;
const duty = new OnDuty();

await builtPages();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
try {
  mkdirSync(folder, { recursive: true });
  await duty.begin();
  const first = await Person.sitDown(browser, duty.url);
  await take(first, '01-set-up');
  await first.makeAccounts(duty.setupToken);
  await take(first, '02-sign-in');
  await first.page.context().close();
  const region = new RegionByHand(duty.rehearsal.dataDir);
  region.drop('up_lic_data', region.guids('up_lic_data', 3));

  const system = await Person.signedIn(browser, duty.url, 'system.one');
  await system.go('/jobs');
  await system.row('证照与地区核对').getByRole('button', { name: '立即运行' }).click();
  await system.because('月末对账', '立即运行');
  await system.row('事项全量核对').getByRole('button', { name: '暂停' }).click();
  await system.because('窗口系统今晚维护', '暂停');
  await system.row('证照与地区核对').getByText('尚未运行').first().waitFor({ state: 'hidden' });
  await takeAll(system, [['04-jobs', '/jobs'], ['17-accounts', '/accounts'], ['18-system', '/system']]);
  await system.go('/jobs');
  await system.row('证照全量核对').getByRole('button', { name: '试算' }).click();
  await system.page.getByRole('dialog').getByText('试算号').waitFor();
  await take(system, '05-plan');

  const operator = await Person.signedIn(browser, duty.url, 'operator.one');
  const [key = ''] = duty.licences('without-partner', 1);
  await operator.go('/data');
  await operator.page.fill('input[name=text]', key);
  await operator.press('查询');
  await operator.page.getByRole('link', { name: key }).waitFor();
  await take(operator, '06-data');
  await operator.page.getByRole('link', { name: key }).click();
  await settled(operator.page);
  await operator.press('申请查看');
  await operator.because('持证人来窗口核对', '申请查看');
  await take(operator, '07-record');
  await takeAll(operator, [['03-overview', '/'], ['21-alarms', '/alarms'], ['08-exceptions', '/quarantine']]);
  await operator.page.getByRole('link', { name: '“9”' }).click();
  await settled(operator.page);
  await take(operator, '09-workbench');
  await takeAll(operator, [['10-mappings', '/mappings'], ['11-mapping', '/mappings/licences'], ['12-comparisons', '/comparisons'], ['14-quality', '/quality'], ['23-bulletin', '/quality?department=乌审旗市场监督管理局'], ['22-conflicts', '/conflicts'], ['15-indicators', '/indicators'], ['19-account', '/account']]);
  await operator.go('/comparisons');
  await operator.page.locator('th a').first().click();
  await settled(operator.page);
  await take(operator, '13-comparison');

  await takeAll(await Person.signedIn(browser, duty.url, 'security.one'), [['20-unmasking', '/unmaskings']]);
  const auditor = await Person.signedIn(browser, duty.url, 'audit.one');
  await auditor.press('验证完整性');
  await auditor.page.getByText('完整无改动').waitFor();
  await settled(auditor.page);
  await take(auditor, '16-audit');
} finally {
  await browser.close();
  await duty.end();
}

async function takeAll(person: Person, pages: readonly (readonly [name: string, path: string])[]): Promise<void> {
  for (const [name, path] of pages) {
    await person.go(path);
    await take(person, name);
  }
}

async function take({ page }: Person, name: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    await page.evaluate('window.scrollTo(0, 0)');
    await settled(page);
    const devtools = await page.context().newCDPSession(page);
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
    await devtools.detach();
    const picture = Buffer.from(data, 'base64');
    if (picture.length > mostBytes) throw new Error(`${name} is larger than ${mostBytes} bytes`);
    writeFileSync(join(folder, `${name}-${size.width}.webp`), picture);
    console.log(`${name} ${size.width}×${size.height} ${Math.round(picture.length / 1024)} KiB`);
  }
  await page.setViewportSize(sizes[0] ?? { width: 1366, height: 768 });
}
