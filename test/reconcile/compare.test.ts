import { expect } from 'chai';
import fc from 'fast-check';
import { openDigests } from '../../adapters/store-sqlite/digests.ts';
import { compileContract } from '../../src/contract/contract.ts';
import type { DatasetMapping } from '../../src/mapping/dataset.ts';
import type { Counterpart } from '../../src/port/compare.ts';
import type { CompareProfile } from '../../src/port/compare-profile.ts';
import { compareRegion } from '../../src/reconcile/compare.ts';
import { digestSettingOf } from '../../src/reconcile/digest-setting.ts';
import type { Comparison, DifferenceKind } from '../../src/record/comparison.ts';
import { repairsInstead } from '../../src/schedule/repairing.ts';
import { counterpartInMemory } from '../fakes/counterpart-in-memory.ts';
import type { Dataset } from '../fakes/made-up-county.ts';
import { shippedProfile } from '../fakes/shipped-profile.ts';
import { inTown, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

const profile: CompareProfile = shippedProfile().compare ?? { mode: 'receipts' };
const tables = { items: ['up_task_general_basic'], cases: ['up_pro_accept', 'up_pro_process'], licences: ['up_lic_data'] } as const;
const contract = compileContract({
  tables: Object.fromEntries(Object.values(tables).flat().map((table) => [table, { title: table, fields: [
    { name: 'row_guid', type: 'varchar', length: 50, nullable: false, comment: '' }, { name: 'name', type: 'varchar', length: 50, nullable: true, comment: '' }] }])),
  dictionaries: {}, fields: {}, rules: [], text: { unit: 'characters', repertoire: 'unicode' }, control: [], replacements: {},
});

function mappingOf(dataset: Dataset): DatasetMapping {
  return {
    dataset, title: dataset, source: 'hall', from: { table: dataset, key: 'ID', where: {}, gone: {}, lookups: {}, children: {} }, identity: [],
    needs: dataset === 'cases' ? { dataset: 'items', identity: [{ table: 'up_pro_accept', field: 'name' }] } : null,
    records: tables[dataset].map((table) => ({ table, fields: {} })), codes: {},
  };
}

async function compare(town: Town, dataset: Dataset = 'licences', counterpart: Counterpart = counterpartInMemory(town.region.books)): Promise<Comparison> {
  const digests = openDigests(town.file, digestSettingOf(profile));
  try {
    return await compareRegion({
      dataset: mappingOf(dataset), datasets: [dataset], profile, counterpart, digests, store: town.store, contract, clock: town.clock, signal: new AbortController().signal,
    });
  } finally {
    await digests.close();
  }
}

async function repair(town: Town, found: Comparison, dataset: Dataset = 'licences'): Promise<void> {
  const result = await town.run(dataset, { repairing: repairsInstead({ dataset: mappingOf(dataset), differences: found.differences, store: town.store }) });
  expect(result.failure).to.equal(null);
}

/** What a hand does to one row of the region. */
const hands = ['drop', 'alter', 'revert', 'invent'] as const;
const kinds: Readonly<Record<(typeof hands)[number], DifferenceKind>> = { drop: 'missing', alter: 'different', revert: 'older', invent: 'extra' };

describe('both sides compared, whatever has happened', () => {
  it('finds exactly what was changed behind the gateway’s back, says of what kind, and makes it equal again', async function () {
    this.timeout(60_000);
    const round = fc.record({
      edited: fc.uniqueArray(fc.nat(59), { maxLength: 8 }), removed: fc.uniqueArray(fc.nat(59), { maxLength: 3 }),
      meddled: fc.uniqueArray(fc.tuple(fc.nat(59), fc.constantFrom(...hands)), { maxLength: 12, selector: ([at]) => at }),
    });
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.constantFrom('', 'K-0000-', '证照'), fc.array(round, { minLength: 1, maxLength: 3 }), async (size, head, rounds) => {
      await inVirtualTime(inTown(size, async (town) => {
        const key = (at: number): string => `${head}${String((at * 7919) % 1000).padStart(3, '0')}`;
        const { books } = town.region;
        for (let at = 0; at < size; at += 1) town.county.put('licences', key(at));
        await town.run('licences');
        expect((await compare(town)).equal).to.equal(true);
        for (const [number, { edited, removed, meddled }] of rounds.entries()) {
          const before = { ...books.rows('up_lic_data') };
          for (const at of edited.filter((one) => one < size)) town.county.put('licences', key(at), { NAME: `第 ${number} 次改` });
          for (const at of removed.filter((one) => one < size)) town.county.remove('licences', key(at));
          await town.run('licences', { mode: 'sweep', guard: { share: 1, floor: 100 } });
          const right = { ...books.rows('up_lic_data') };
          const expected = new Map<string, DifferenceKind>();
          for (const [at, hand] of meddled) {
            const guid = hand === 'invent' ? `x${at}` : key(at);
            const now = right[guid];
            if (hand === 'invent') books.meddle('up_lic_data', guid, { row_guid: guid, name: '无中生有' });
            else if (now === undefined || (hand === 'revert' && (before[guid] === undefined || before[guid]?.['name'] === now['name']))) continue;
            else books.meddle('up_lic_data', guid, hand === 'drop' ? null : hand === 'alter' ? { row_guid: guid, name: '被人改过' } : before[guid] ?? null);
            expected.set(guid, kinds[hand]);
          }
          const found = await compare(town);
          expect(Object.fromEntries(found.differences.map((one) => [one.rowGuid, one.kind]))).to.deep.equal(Object.fromEntries(expected));
          await repair(town, found);
          expect(books.rows('up_lic_data')).to.deep.equal(right);
          expect((await compare(town)).equal).to.equal(true);
        }
      }));
    }), { numRuns: 25 });
  });

  it('asks no more questions than the tree is deep for one difference, and one when there is none', inVirtualTimeOf(async (town) => {
    for (let at = 0; at < 300; at += 1) town.county.put('licences', String(at * 7919 % 100_000).padStart(5, '0'));
    await town.run('licences');
    const counterpart = counterpartInMemory(town.region.books);
    expect((await compare(town, 'licences', counterpart)).requests).to.equal(1);
    town.region.books.meddle('up_lic_data', '07919', { row_guid: '07919', name: '被人改过' });
    const found = await compare(town, 'licences', counterpart);
    expect(found.differences).to.have.length(1);
    expect(found.requests).to.be.at.most(6);
    expect(found.differences[0]?.fields).to.deep.equal([{ field: 'name', ours: '名…(7)', theirs: '被…(4)' }]);
  }));

  it('says nothing yet of a record whose answer is still owed', inVirtualTimeOf(async (town) => {
    town.county.put('licences', 'A');
    await town.run('licences');
    town.county.put('licences', 'A', { NAME: '改名' });
    town.region.ill = () => ({ kind: 'lost-after' });
    await town.run('licences', { patienceMs: 1_000 });
    town.region.ill = () => null;
    const found = await compare(town);
    expect([found.equal, found.onTheWay, found.differences]).to.deep.equal([true, 1, []]);
  }));

  it('mends a case only once the item it needs is there again', inVirtualTimeOf(async (town) => {
    town.county.put('items', '名称C', { NAME: '名称C' });
    town.county.putCase('C', { steps: ['受理'] }, { ITEM: '名称C' });
    await town.run('items');
    await town.run('cases');
    const { books } = town.region;
    books.needs = (record, table) => (table === 'up_pro_accept' ? `up_task_general_basic\t${String(record['name'])}` : null);
    for (const [table, guid] of [['up_task_general_basic', '名称C'], ['up_pro_accept', 'C'], ['up_pro_process', 'C-steps-1']] as const) books.meddle(table, guid, null);
    await repair(town, await compare(town, 'items'), 'items');
    await repair(town, await compare(town, 'cases'), 'cases');
    expect([(await compare(town, 'items')).equal, (await compare(town, 'cases')).equal]).to.deep.equal([true, true]);
    expect(books.story(3)).to.deep.equal(['I up_task_general_basic/名称C', 'I up_pro_accept/C', 'I up_pro_process/C-steps-1']);
  }));

  it('tells the row without its fields when our own text is no longer kept, and mends it by what the county says now', inVirtualTimeOf(async (town) => {
    for (const key of ['A', 'B', 'C']) town.county.put('licences', key);
    await town.run('licences');
    const right = { ...town.region.books.rows('up_lic_data') };
    town.region.books.meddle('up_lic_data', 'A', { row_guid: 'A', name: '被人改过' });
    town.region.books.meddle('up_lic_data', 'B', null);
    await town.store.purgeBodies({ bodies: town.clock.wallMs() + 1, evidence: 0 }, 0, () => []);
    const found = await compare(town);
    expect(found.differences.map((one) => [one.rowGuid, one.kind, one.fields])).to.deep.equal([['A', 'different', null], ['B', 'missing', null]]);
    await repair(town, found);
    expect(town.region.books.rows('up_lic_data')).to.deep.equal(right);
    expect((await compare(town)).equal).to.equal(true);
    expect((await town.run('licences', { mode: 'sweep' })).counts, 'and the next sweep finds it as it was').to.include({ read: 3, same: 3 });
  }));

  it('leaves a record whose newest version is set aside to the person who mends it, and then sends just what the region lacks', inVirtualTimeOf(async (town) => {
    town.county.put('licences', 'A');
    await town.run('licences');
    town.county.put('licences', 'A', { BAD: 'VALUE_MISSING' });
    await town.run('licences');
    town.region.books.meddle('up_lic_data', 'A', null);
    const found = await compare(town);
    expect(found.differences.map((one) => one.kind)).to.deep.equal(['missing']);
    await repair(town, found);
    expect(await town.states('licences', 'A')).to.deep.equal(['delivered', 'quarantined']);
    town.county.put('licences', 'A', { NAME: '改正' });
    await town.run('licences');
    expect(town.region.books.story()).to.deep.equal(['I up_lic_data/A', 'I up_lic_data/A']);
    expect((await compare(town)).equal).to.equal(true);
  }));

  it('is no result when the region leads in circles, tells of others, or is not to be reached', inVirtualTimeOf(async (town) => {
    town.county.put('licences', 'A');
    await town.run('licences');
    const counterpart = counterpartInMemory(town.region.books);
    const failure = async (digests: Counterpart['digests']): Promise<string> => compare(town, 'licences', { ...counterpart, digests }).then(() => 'none', (cause: { code: string }) => cause.code);
    const lead = (prefix: string): ReturnType<Counterpart['digests']> => Promise.resolve({ verdict: 'told', value: { buckets: [{ prefix, count: 1, digest: '' }] } });
    expect(await failure((_, prefix) => lead(prefix)), 'the same again').to.equal('COMPARE_ANSWER_WRONG');
    expect(await failure((_, prefix) => lead(prefix === '' ? 'A' : 'B1')), 'somewhere else').to.equal('COMPARE_ANSWER_WRONG');
    expect(await failure(async (_, prefix) => (prefix === '' ? lead('A') : { verdict: 'told', value: { rows: [{ rowGuid: 'B', digest: '' }] } })), 'other rows').to.equal('COMPARE_ANSWER_WRONG');
    expect(await failure(async () => ({ verdict: 'later', restMs: 100, reason: 'ECONNREFUSED' }))).to.equal('COMPARE_NO_ANSWER');
    expect(await failure(async () => ({ verdict: 'denied', reason: '403' }))).to.equal('REGION_DENIED');
  }));
});

function inVirtualTimeOf(work: (town: Town) => Promise<void>): () => Promise<void> {
  return () => inVirtualTime(inTown(1, work));
}
