import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { RegionByHand } from '../../journey/plant.ts';
import { says, withBrowser } from './browser.ts';
import { missingCode, OnDuty } from './on-duty.ts';
import { password, Person } from './person.ts';

describe('people before the console of a running gateway', function () {
  const browser = withBrowser(this);
  this.timeout(90_000);
  const duty = new OnDuty();
  const people = new Map<string, Promise<Person>>();
  /** Who has signed in stays before the screen: checking a password is slow by intent. */
  const someone = (login: string): Promise<Person> => {
    const sitting = people.get(login) ?? Person.signedIn(browser(), duty.url, login);
    people.set(login, sitting);
    return sitting;
  };

  before(async function () {
    this.timeout(180_000);
    await duty.begin();
  });
  after(() => duty.end());

  it('make the first accounts by the word that was printed once, sign in, and see how all is going', async () => {
    const person = await Person.sitDown(browser(), duty.url);
    await person.makeAccounts(duty.setupToken);
    await person.signIn('reader.one');
    await says(person.page.locator('h1'), '总览');
    await says(person.row('电子证照'), '已完成', /2,4\d\d/);
    expect(person.complaints).to.deep.equal([]);
    await leave(person);
  });
  it('are let in nowhere with a wrong password, and are not told which half was wrong', async () => {
    const person = await Person.sitDown(browser(), duty.url);
    for (const login of ['reader.one', 'nobody.here']) {
      await person.page.fill('input[name=login]', login);
      await person.page.fill('input[name=password]', 'Not-My-Horse-1');
      await person.press('登录');
      await person.page.getByRole('alert').getByText('SIGN_IN_WRONG').waitFor();
    }
    await leave(person);
  });
  it('find a licence by its key and read why it was refused, and how to mend it', async () => {
    const person = await someone('operator.one');
    const [key = ''] = duty.licences('without-partner', 1);
    await person.go('/data');
    await person.page.fill('input[name=text]', key);
    await person.press('查询');
    await person.page.getByRole('link', { name: key }).click();
    await person.sees('检查不合格，转入隔离', 'CODE_UNMAPPED', '怎么改', missingCode.table);
    expect(person.page.url()).to.not.include(key);
  });
  it('add a missing code, see in a preview what becomes of the group, and let 500 records go', async () => {
    const person = await someone('operator.one');
    await person.go('/quarantine');
    await person.page.getByRole('link', { name: `“${missingCode.value}”` }).click();
    await person.page.fill('input[name=to]', '111');
    await person.sees('公民身份号码');
    await person.press('预演');
    await person.page.getByText(`${missingCode.count} 条中`).waitFor();
    await person.page.getByRole('button', { name: /写入并重新送出/ }).click();
    await person.because('证照库新增的类型，已与颁发机关核对', '写入并重新送出');
    await says(person.page.locator('.done'), /重新检查 500 条：4\d\d 条已上路/);
    expect(readFileSync(join(duty.siteDir, 'mappings/county/wushen/codes/holder-type.yaml'), 'utf8')).to.match(/from: "?9"?/);
  });
  it('compare with the region now, read what differs, and repair just that', async () => {
    const region = new RegionByHand(duty.rehearsal.dataDir);
    region.drop('up_lic_data', region.guids('up_lic_data', 3));
    const person = await someone('operator.one');
    await person.go('/comparisons');
    await person.press('立即对账');
    await person.page.getByRole('dialog').locator('select').selectOption('licences');
    await person.because('抽查', '立即对账');
    const found = person.row('3 条不同');
    await found.waitFor({ timeout: 60_000 });
    await found.getByRole('link').click();
    await person.sees('地区缺少', '3 条重新上报');
    await person.press('执行修复');
    await person.because('照修复建议', '执行修复');
    await person.sees('已安排修复');
  });
  it('see a value that the county and the region both changed, and say that the region is right', async () => {
    const region = new RegionByHand(duty.rehearsal.dataDir);
    const [item = ''] = region.guids('up_task_general_basic', 1);
    const before = duty.promised(item);
    const issue = (days: number): Promise<unknown> => duty.rehearsal.control('POST', '/sim/issue', { resource: 'items', records: [{ ...region.row('up_task_general_basic', item), promise_day: String(days) }] });
    const system = await someone('system.one');
    await issue(before);
    await pulled(system, '事项版本取数', 1);
    duty.promise(item, before + 3);
    await issue(before + 5);
    await pulled(system, '事项版本取数', 2);
    const operator = await someone('operator.one');
    await operator.go('/conflicts');
    await says(operator.row(item), String(before), String(before + 3), String(before + 5));
    await operator.row(item).getByRole('button', { name: '以地区为准' }).click();
    await operator.because('以地区目录为准', '以地区为准');
    await operator.sees('没有待裁定的冲突');
    expect(duty.promised(item)).to.equal(before + 5);
  });
  it('see a code list that the region has issued, with what it would do, and take it just so, while the gateway runs', async () => {
    const file = join(duty.siteDir, 'mappings/region/nmg/dictionaries.yaml');
    const entries = { 1: '非常满意', 2: '满意', 3: '基本满意', 4: '不满意', 5: '非常不满意', 6: '没有评价' };
    await duty.rehearsal.control('POST', '/sim/issue', { resource: 'dictionaries', records: [{ dictionary: 'satisfaction', version: '2026-12-01', entries }] });
    await pulled(await someone('system.one'), '代码表取数', 1);
    const operator = await someone('operator.one');
    await operator.go('/mappings');
    const list = operator.page.locator('section', { hasText: '地区下发的新代码表' }).getByRole('row').filter({ hasText: 'satisfaction' });
    await says(list, '新增：6', '不影响');
    await list.getByRole('button', { name: '采用' }).click();
    await operator.because('地区已发文，自下月起', '采用');
    await operator.sees('没有待采用的代码表');
    expect(readFileSync(file, 'utf8')).to.include('"6": "没有评价"');
  });
  it('pause a job, look ahead with a plan, and run it by hand by that plan', async () => {
    const person = await someone('system.one');
    await person.go('/jobs');
    await person.row('事项上报').getByRole('button', { name: '暂停' }).click();
    await person.because('窗口系统今晚维护', '暂停');
    await says(person.row('事项上报'), '已暂停', '窗口系统今晚维护');
    await person.row('事项上报').getByRole('button', { name: '试算' }).click();
    await person.page.getByRole('dialog').getByText('试算号').waitFor();
    await person.press('按此试算运行', '[role=dialog]');
    await person.because('维护前补报一次', '立即运行');
    await person.row('事项上报').getByText('恢复').waitFor();
    await person.row('事项上报').getByRole('button', { name: '恢复' }).click();
    await person.because('维护结束', '恢复');
    await person.row('事项上报').filter({ hasNotText: '已暂停' }).waitFor();
  });
  it('hold one dataset back on the first page, see it held with the reason, and release it', async () => {
    const person = await someone('system.one');
    await person.go('/');
    const gate = person.page.locator('section', { hasText: '上报闸门' }).getByRole('row').filter({ hasText: '电子证照' });
    await gate.getByRole('button', { name: '暂停上报' }).click();
    await person.because('等地区更新字典', '暂停上报');
    await gate.getByText('人工暂停').waitFor();
    await says(gate, '等地区更新字典', 'system.one');
    await gate.getByRole('button', { name: '恢复上报' }).click();
    await person.because('字典已更新', '恢复上报');
    await gate.getByText('正常').waitFor();
  });
  it('change a timetable only into one that can be read, and see its next times first', async () => {
    const person = await someone('system.one');
    await person.go('/jobs');
    await person.row('事项全量核对').getByRole('button', { name: '改时间' }).click();
    await person.page.fill('input[name=cron]', '61 * * * *');
    await person.page.getByRole('dialog').getByRole('alert').waitFor();
    await person.page.locator('[role=dialog] button[disabled]', { hasText: '保存' }).waitFor();
    await person.page.fill('input[name=cron]', '15 3 * * *');
    await person.page.getByRole('dialog').getByText('03:15').first().waitFor();
    await person.because('与备份错开', '保存');
    await person.row('事项全量核对').getByText('15 3 * * *').waitFor();
    expect(readFileSync(join(duty.siteDir, 'jobs', 'items-sweep.yaml'), 'utf8')).to.include('15 3 * * *');
  });
  it('see a record as it is only with a second person, for a while, and masked before and after', async () => {
    const [key = ''] = duty.licences('in-order', 1);
    const asker = await someone('operator.one');
    await asker.go('/data');
    await asker.page.fill('input[name=text]', key);
    await asker.press('查询');
    await asker.page.getByRole('link', { name: key }).click();
    await asker.page.locator('main .masked').first().waitFor();
    await asker.press('申请查看');
    await asker.because('持证人来窗口核对', '申请查看');
    const second = await someone('security.one');
    await second.go('/unmaskings');
    await second.row('持证人来窗口核对').getByRole('button', { name: '批准', exact: true }).click();
    await second.because('已核实来访登记', '批准');
    await second.sees('已批准');
    await asker.page.getByRole('button', { name: '查看原文' }).click({ timeout: 25_000 });
    const shown = asker.page.getByRole('dialog');
    await shown.getByText('仅限本人因公查看').waitFor();
    expect(await shown.locator('.masked').count()).to.equal(0);
    await asker.page.keyboard.press('Escape');
    await shown.waitFor({ state: 'hidden' });
    await asker.page.locator('main .masked').first().waitFor();
  });
  it('make an account and give it rights in two persons; whoever gets it must choose a password of their own', async () => {
    const first = await someone('system.one');
    await first.go('/accounts');
    await first.press('新建账号');
    await first.page.fill('input[name=new-login]', 'temur');
    await first.page.fill('input[name=new-name]', '某特');
    await first.page.getByRole('dialog').locator('textarea[name=reason]').fill('新到岗');
    await first.press('新建账号', '[role=dialog]');
    const once = (await first.page.locator('[data-password]').textContent()) ?? '';
    const second = await someone('security.one');
    await second.go('/accounts');
    await second.row('temur').getByRole('button', { name: '授权' }).click();
    await second.page.selectOption('select[name=role]', 'reader');
    await second.because('到岗通知已收到', '授权并启用');
    const fresh = await Person.sitDown(browser(), duty.url);
    await fresh.signIn('temur', once);
    await fresh.page.fill('input[name=old]', once);
    await fresh.page.fill('input[name=fresh]', 'Camels-Walk-2027?');
    await fresh.page.fill('input[name=again]', 'Camels-Walk-2027?');
    await fresh.press('修改');
    await fresh.page.getByRole('heading', { name: '总览' }).waitFor();
    await leave(fresh);
  });
  it('bind an authenticator, and from then on are asked for its digits', async () => {
    const person = await someone('reader.one');
    await person.go('/account');
    await person.page.fill('input[name=password]', password);
    await person.press('显示二维码');
    const secret = (await person.page.locator('[data-secret]').textContent()) ?? '';
    await person.page.getByRole('img', { name: '身份验证器的二维码' }).waitFor();
    await person.page.fill('input[name=code]', Person.digits(secret));
    await person.press('确认绑定');
    await person.page.getByText('动态码已绑定').waitFor();
    await leave(person);
    const again = await Person.sitDown(browser(), duty.url);
    await again.signIn('reader.one', password, Person.digits(secret, 1));
    await says(again.page.locator('h1'), '总览');
    await leave(again);
  });
  it('verify the audit trail, in which all of this stands', async () => {
    const person = await someone('audit.one');
    await says(person.page.locator('h1'), '审计');
    await person.press('验证完整性');
    await person.page.getByText('完整无改动').waitFor();
    await person.sees('授权', '审批查看原文', '改时间表', '重新送出', '执行修复', '裁定双向冲突', '采用代码表', '暂停任务');
  });
});

/** Lets a job run by hand until so many of its runs are done. */
async function pulled(person: Person, job: string, runs: number): Promise<void> {
  await person.go('/jobs');
  await person.row(job).getByRole('button', { name: '立即运行' }).click();
  await person.because('地区电话通知有新版本', '立即运行');
  await person.page.locator('section', { hasText: '运行记录' }).getByRole('row').filter({ hasText: job }).filter({ hasText: '已完成' }).nth(runs - 1).waitFor();
}

async function leave(person: Person): Promise<void> {
  await person.page.context().close();
}
