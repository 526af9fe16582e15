import { expect } from 'chai';
import type { ContractData } from '../../src/contract/data.ts';
import { effectOf, type IssuedDictionary } from '../../src/inbound/dictionary-effect.ts';
import { breaksSomething, reachOf } from '../../src/inbound/dictionary-reach.ts';
import type { DatasetMapping } from '../../src/mapping/dataset.ts';
import type { SaidFields } from '../../src/port/indicators.ts';

const contract = { dictionaries: { kinds: { entries: { a: '甲', b: '乙', c: '丙' }, separator: '^' } }, fields: { kind: 'kinds' } } as unknown as ContractData;
const plain = { origin: { kind: 'column', column: 'kind' }, steps: {} };
const datasets = [
  { dataset: 'cases', codes: {}, records: [{ table: 'up_case', fields: { kind: plain, name: plain } }] },
  { dataset: 'others', codes: {}, records: [{ table: 'up_other', fields: { name: plain } }] },
] as unknown as readonly DatasetMapping[];
const issued = (entries: IssuedDictionary['entries']): IssuedDictionary => ({ name: 'kinds', version: '2', entries });

describe('what a new code list would do to the records that are known', () => {
  const pages: readonly (readonly SaidFields[])[] = [[[['a']], [['a^b', 'b']], null], [[['c']], [[]], [['b']]]];
  const asked: string[] = [];
  const store = {
    said: async (dataset: string, fields: readonly { readonly table: string; readonly field: string }[], after: number) => {
      asked.push(`${dataset} ${fields.map(({ table, field }) => `${table}.${field}`).join(' ')} ${after}`);
      return { records: pages[after] ?? [], next: after + 1 < pages.length ? after + 1 : null };
    },
  };
  const reach = async (list: IssuedDictionary): Promise<{ readonly breaks: boolean } & Awaited<ReturnType<typeof reachOf>>> => {
    const effect = effectOf(list, contract, datasets);
    const found = await reachOf(list, effect, { contract, datasets, store });
    return { ...found, breaks: breaksSomething(effect, found) };
  };

  it('counts each record once for each code that would be gone, over every page, also where several codes stand in one field, and says how many could not be read', async () => {
    const found = await reach(issued({ a: '甲', c: '丙' }));
    expect(found).to.deep.include({ carried: [{ dataset: 'cases', field: 'up_case.kind', code: 'b', records: 2 }], unread: 1, breaks: true });
    expect(asked).to.deep.equal(['cases up_case.kind 0', 'cases up_case.kind 1']);
  });
  it('asks nobody where no code is gone', async () => {
    asked.length = 0;
    expect(await reach(issued({ a: '甲', b: '乙', c: '丙', d: '丁' }))).to.deep.include({ carried: [], unread: 0, breaks: false });
    expect(asked).to.deep.equal([]);
  });
  it('has a name of its own for each list and what it breaks', async () => {
    const [once, again, other] = [await reach(issued({ a: '甲', c: '丙' })), await reach(issued({ a: '甲', c: '丙' })), await reach(issued({ a: '甲', c: '新' }))];
    expect(again.plan).to.equal(once.plan);
    expect(other.plan).not.to.equal(once.plan);
  });
});
