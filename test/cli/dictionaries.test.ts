import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadSite } from '../../src/config/load-site.ts';
import type { DictionaryEffect } from '../../src/inbound/dictionary-effect.ts';
import type { DictionaryReach } from '../../src/inbound/dictionary-reach.ts';
import { terminal, type Terminal } from '../fakes/parts-in-memory.ts';
import { siteCopy } from '../journey/site-offering.ts';

const usual = { '1': '非常满意', '2': '满意', '3': '基本满意', '4': '不满意', '5': '非常不满意' };

/** A terminal at a site of its own, where the region has issued these lists and nobody has taken them yet. */
async function waiting(...lists: readonly Readonly<Record<string, unknown>>[]): Promise<Desk> {
  const region = { QILIAN_REGION_URL: 'http://127.0.0.1:1', QILIAN_REGION_APP_KEY: 'a key of tests', QILIAN_REGION_APP_SECRET: 'a secret of tests' };
  const at = terminal({ loadSite: (options) => loadSite({ ...options, env: { ...options.env, ...region } }) });
  const site = siteCopy(at.dataDir);
  const store = at.parts.openStore(join(at.dataDir, 'gateway.db'), 'test');
  for (const [n, list] of lists.entries()) {
    const text = JSON.stringify({ version: '2026-12-01', ...list });
    await store.receive({ resource: 'dictionaries', at: n, run: 1, records: [{ key: String(list['dictionary']), version: '2026-12-01', fingerprint: `f${n}`, text }], via: { kind: 'callback', nonce: `n${n}`, expiresAt: 9 } });
    await store.conclude({ resource: 'dictionaries', at: n, ended: [{ id: n + 1, state: 'held', problems: [] }], agreed: [], conflicts: [], adopted: [] });
  }
  await store.close();
  return { ...at, site, type: (...words) => at.type(...words, '--site', site), file: () => readFileSync(join(site, 'mappings', 'region', 'nmg', 'dictionaries.yaml'), 'utf8') };
}

interface Desk extends Terminal {
  readonly site: string;
  readonly file: () => string;
}

const listed = async ({ type, said }: Desk): Promise<readonly (DictionaryEffect & DictionaryReach & { readonly id: number })[]> => {
  expect(await type('dictionaries', 'list', '--json')).to.equal(0);
  return JSON.parse(said.at(-1) ?? '') as readonly (DictionaryEffect & DictionaryReach & { readonly id: number })[];
};

describe('code lists the region has issued, at a terminal', () => {
  it('show what they would change before anything is changed, and are written when they are taken, with everything else of the file as it was', async () => {
    const at = await waiting({ dictionary: 'satisfaction', entries: { ...usual, '3': '一般', '6': '没有评价' } });
    const before = at.file();
    expect(await listed(at)).to.deep.equal([{
      id: 1, name: 'satisfaction', version: '2026-12-01', known: true, added: ['6'], removed: [], renamed: [{ code: '3', before: '基本满意', after: '一般' }], broken: [], plan: (await listed(at))[0]?.plan, carried: [], unread: 0,
    }]);
    expect(at.file()).to.equal(before);
    expect(await at.type('dictionaries', 'take', '1', '--json')).to.equal(0);
    expect(JSON.parse(at.said.at(-1) ?? '')).to.deep.include({ taken: 'satisfaction', version: '2026-12-01' });
    const around = (text: string): readonly (string | undefined)[] => {
      const [head, list] = text.split('  satisfaction:\n', 2);
      return [head, list?.slice(list.indexOf('  boolean_flag:'))];
    };
    expect(around(at.file())).to.deep.equal(around(before));
    expect(at.file()).to.contain('title: 满意度\n    source: GB/T 39046-2020\n    entries:\n      "1": "非常满意"\n').and.contain('\n      "3": "一般"\n').and.contain('\n      "6": "没有评价"\n  boolean_flag:');
    expect(await listed(at), 'nothing waits any more, and the site is read with the new list').to.deep.equal([]);
  });
  it('that would break the county’s code tables say which, and are taken only by somebody who has seen just that', async () => {
    const { '5': _gone, ...four } = usual;
    const at = await waiting({ dictionary: 'satisfaction', entries: four });
    const before = at.file();
    const [effect] = await listed(at);
    expect(effect?.removed).to.deep.equal(['5']);
    expect(effect?.broken).to.deep.include({ dataset: 'cases', field: 'up_pro_result.satisfaction', table: 'satisfaction', from: '1', to: '5' });
    at.said.length = 0;
    await at.type('dictionaries', 'list');
    expect(at.said.filter((line) => line.includes('up_pro_result.satisfaction'))).to.have.length(1);
    expect(await at.type('dictionaries', 'take', '1')).to.equal(1);
    expect(at.complaints.at(-1)).to.contain('DICTIONARY_BREAKS');
    expect([at.file() === before, (await listed(at)).length], 'nothing has been taken').to.deep.equal([true, 1]);
    expect(at.complaints.at(-1)).to.contain(effect?.plan ?? 'a plan');
    expect(await at.type('dictionaries', 'take', '1', '--confirm', 'guessed')).to.equal(1);
    expect(at.complaints.at(-1)).to.contain('DICTIONARY_OTHER');
    expect(at.file(), 'and still nothing').to.equal(before);
    at.said.length = 0;
    expect(await at.type('dictionaries', 'take', '1', '--confirm', effect?.plan ?? '')).to.equal(0);
    expect(at.said.some((line) => line.includes('up_pro_result.satisfaction')), 'what it does is said when it is taken, too').to.equal(true);
    expect(await at.type('check'), 'what must be mended now is told by check').to.equal(2);
    expect(at.complaints.join('\n')).to.contain('CODE_NOT_IN_DICTIONARY').and.contain('cases.yaml');
  });
  it('that nobody uses, or that do not wait, are not taken', async () => {
    const at = await waiting({ dictionary: 'never-used', entries: { a: '甲' } });
    const before = at.file();
    for (const [number, code] of [['1', 'DICTIONARY_NOT_USED'], ['2', 'DICTIONARY_NOT_WAITING'], ['x', 'DICTIONARY_NOT_WAITING']] as const) {
      expect(await at.type('dictionaries', 'take', number), number).to.equal(1);
      expect(at.complaints.at(-1), number).to.contain(code);
    }
    expect(at.file()).to.equal(before);
  });
  it('are written where the site’s profile is, also when several sites share it', async () => {
    const at = await waiting({ dictionary: 'satisfaction', entries: { ...usual, '6': '没有评价' } });
    renameSync(join(at.site, 'mappings', 'region'), join(at.site, 'shared'));
    const gateway = join(at.site, 'gateway.yaml');
    writeFileSync(gateway, readFileSync(gateway, 'utf8').replace('region: { profile: nmg }', 'region: { profile: nmg, folder: shared/nmg }'));
    expect(await at.type('dictionaries', 'take', '1')).to.equal(0);
    expect(readFileSync(join(at.site, 'shared', 'nmg', 'dictionaries.yaml'), 'utf8')).to.contain('没有评价');
  });
});
