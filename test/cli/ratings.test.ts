import { join } from 'node:path';
import { expect } from 'chai';
import type { Figure } from '../../src/indicators/compute.ts';
import { terminal, type Terminal } from '../fakes/parts-in-memory.ts';

type Rating = readonly [no: string, satisfaction: string | null, isDefault: string | null, version?: string];

/** A terminal at a gateway that has received these ratings. */
async function rated(...ratings: readonly Rating[]): Promise<Terminal> {
  const at = terminal();
  const store = at.parts.openStore(join(at.dataDir, 'gateway.db'), 'test');
  for (const [n, [no, satisfaction, is_default, version = '1']] of ratings.entries()) {
    const text = JSON.stringify({ row_guid: no, satisfaction, is_default, update_time: version });
    await store.receive({ resource: 'evaluations', at: n, run: 1, records: [{ key: no, version, fingerprint: `f${n}`, text }], via: { kind: 'callback', nonce: `n${n}`, expiresAt: 1_000 } });
  }
  await store.close();
  return at;
}

describe('citizens’ ratings, at a terminal', () => {
  const ratings: readonly Rating[] = [
    ['a', '1', '0'], ['b', '1', '0'], ['c', '5', '0'], ['d', null, '0'],
    ['e', '3', '1'], ['f', '3', '1'], ['g', '3', null], ['h', '3', '2'],
    ['i', '3', '1'], ['i', '2', '0', '2'],
  ];

  it('are counted value by value; a default given because nobody rated is no person’s, nor is one whose giver is not told', async () => {
    const { type, said } = await rated(...ratings);
    expect(await type('ratings', '--json')).to.equal(0);
    expect(JSON.parse(said.at(-1) ?? '')).to.deep.equal({
      persons: 5, defaults: 2, unsaid: 2,
      values: [
        { value: '1', meaning: '非常满意', count: 2 }, { value: '2', meaning: '满意', count: 1 }, { value: '5', meaning: '非常不满意', count: 1 },
        { value: '', meaning: '', count: 1 },
      ],
    });
    said.length = 0;
    await type('ratings');
    expect(said[0]).to.equal('个人评价 5 个；无人评价、到期自动给的默认评价 2 个，不算个人评价；没有说明由谁给出的 2 个');
  });
  it('give figures in which no default is added to a person’s rating', async () => {
    const { type, said } = await rated(...ratings);
    await type('indicators', '--json');
    expect(figures(said)).to.deep.equal({ 'ratings-by-persons': 5, 'ratings-satisfied': 75, 'ratings-default': 2 });
  });
  it('give no share of the satisfied where only defaults have been given', async () => {
    const { type, said } = await rated(['a', '3', '1'], ['b', '3', '1']);
    await type('indicators', '--json');
    expect(figures(said)).to.deep.equal({ 'ratings-by-persons': 0, 'ratings-satisfied': null, 'ratings-default': 2 });
  });
});

function figures(said: readonly string[]): Readonly<Record<string, number | null>> {
  const { indicators } = JSON.parse(said.at(-1) ?? '') as { readonly indicators: readonly Figure[] };
  return Object.fromEntries(indicators.filter(({ id }) => id.startsWith('ratings')).map(({ id, value }) => [id, value]));
}
