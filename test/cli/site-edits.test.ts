import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { codeFiles, withCodes } from '../../src/cli/code-lines.ts';
import { writeCron } from '../../src/cli/timetable-file.ts';
import type { Invocation } from '../../src/cli/parts.ts';
import { loadSite } from '../../src/config/load-site.ts';
import type { Site } from '../../src/config/site.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { root } from '../house/tree.ts';

const env = { QILIAN_DATA: '/nowhere', QILIAN_REGION_URL: 'http://127.0.0.1:9', QILIAN_REGION_APP_KEY: 'k', QILIAN_REGION_APP_SECRET: 's' };

describe('what the console writes into a site’s files', () => {
  let siteDir: string;
  let site: Site;
  let invocation: Invocation;

  before(async () => {
    siteDir = temporaryFolder();
    for (const name of ['gateway.yaml', 'alarms.yaml', 'calendar.yaml', 'jobs', 'mappings']) cpSync(join(root, name), join(siteDir, name), { recursive: true });
    const loaded = await loadSite({ dir: siteDir, env });
    if (!('site' in loaded)) throw new Error(JSON.stringify(loaded.mistakes));
    site = loaded.site;
    invocation = { parts: { loadSite }, siteDir, env } as unknown as Invocation;
  });

  it('is a further line of a code table, in quotes, with every comment where it was', async () => {
    const [one] = await codeFiles(invocation, site, [{ table: 'holder-type', from: '03', to: '111' }]);
    const before = readFileSync(one?.file ?? '', 'utf8');
    expect(one?.text.startsWith(before.trimEnd())).to.equal(true);
    expect(one?.text.slice(before.trimEnd().length).trim()).to.match(/^- \{ *from: "03", county: "03", to: "111", region: "公民身份号码" *\}$/);
  });
  it('is nothing that the site would be wrong with', async () => {
    const failure = await codeFiles(invocation, site, [{ table: 'holder-type', from: '3', to: 'no such code' }]).catch((cause: unknown) => cause);
    expect(failure).to.include({ code: 'CODE_NOT_IN_DICTIONARY' });
    expect(await codeFiles(invocation, site, [{ table: 'holder-type', from: '1', to: '111' }]).catch((cause: unknown) => cause)).to.include({ code: 'CODE_MAPPED_ALREADY' });
    expect(await codeFiles(invocation, site, [{ table: 'nobody', from: '1', to: '1' }]).catch((cause: unknown) => cause)).to.include({ code: 'CODE_TABLE_UNKNOWN' });
  });
  it('is looked at first: a site with further lines, and the site itself untouched', () => {
    const changed = withCodes(site, [{ table: 'holder-type', from: '3', to: '111' }]);
    const entries = (one: Site): number => one.datasets.find(({ dataset }) => dataset === 'licences')?.codes['holder-type']?.entries.length ?? 0;
    expect(entries(changed)).to.equal(entries(site) + 1);
  });
  it('is another timetable of one job, with the rest of its file as it was', () => {
    const file = join(siteDir, 'jobs', 'licences.yaml');
    const before = readFileSync(file, 'utf8');
    writeCron(siteDir, 'licences', '*/7 * * * *');
    expect(readFileSync(file, 'utf8')).to.equal(before.replace('"*/5 * * * *"', '"*/7 * * * *"'));
    writeCron(siteDir, 'licences', null);
    expect(readFileSync(file, 'utf8')).to.equal(before.replace('cron: "*/5 * * * *"\n', ''));
    expect(() => writeCron(siteDir, 'nobody', null)).to.throw('JOB_UNKNOWN');
  });
});
