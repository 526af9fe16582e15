import type { Change } from '../record/change.ts';
import type { Mapped } from '../record/envelope.ts';
import { judge, type Judgement, type Known } from './judge.ts';
import type { ReadPage, Reading } from './reader.ts';

/** One change with what it was mapped to and what it means. */
export interface Judged {
  readonly change: Change;
  readonly mapped: Mapped;
  readonly judgement: Judgement;
}

/** Judges a page by what is known now. */
export async function judgePage(reading: Reading, { changes, mapped }: ReadPage): Promise<readonly Judged[]> {
  const knownOf = await lookUp(reading, mapped);
  return mapped.map((one, index) => ({ change: changes[index] ?? { state: 'gone', key: one.key }, mapped: one, judgement: judge(one, knownOf(one)) }));
}

/** Judges a page as if the pages before it had been kept, though nothing is. */
export async function supposePage(reading: Reading, page: ReadPage): Promise<readonly Judged[]> {
  const judged = await judgePage(reading, page);
  const holders = judged.flatMap(({ judgement }) => {
    if (judgement.verdict !== 'keep' || judgement.keep.kind === 'quarantine') return [];
    const { key, before } = judgement.keep;
    const identity = judgement.keep.kind === 'put' ? judgement.keep.identity : null;
    return identity === (before?.identity ?? null) ? [] : [{ key, identity }];
  });
  if (holders.length > 0) await reading.store.suppose(holders);
  return judged;
}

/** Asks the store once per page for all that judging its records needs. */
async function lookUp({ job, store }: Reading, mapped: readonly Mapped[]): Promise<(one: Mapped) => Known> {
  const standings = await store.standings(job.dataset, mapped.map((one) => one.key));
  const identities = mapped.flatMap((one) => (one.state === 'good' && one.identity !== null ? [one.identity] : []));
  const owners = new Map(await store.owners(job.dataset, identities));
  const needs = mapped.flatMap((one) => (one.state === 'good' && one.need !== null ? [one.need] : []));
  const needed = needs[0]?.dataset;
  const arrived = needed === undefined ? new Set<string>() : await store.arrived(needed, [...new Set(needs.map((need) => need.identity))]);
  return (one) => {
    const standing = standings.get(one.key);
    if (one.state !== 'good') return { standing, rival: undefined, needMet: true };
    const owner = one.identity === null ? one.key : owners.get(one.identity) ?? one.key;
    if (one.identity !== null && owner === one.key) owners.set(one.identity, one.key);
    return { standing, rival: owner === one.key ? undefined : owner, needMet: one.need === null || arrived.has(one.need.identity) };
  };
}
