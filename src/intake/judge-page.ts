import type { Change } from '../record/change.ts';
import type { Mapped } from '../record/envelope.ts';
import type { Job } from '../record/job.ts';
import type { Standing } from '../record/standing.ts';
import { judge, type Judgement, type Known } from './judge.ts';
import type { ReadPage, Reading } from './reader.ts';

type Standings = ReadonlyMap<string, Standing>;

/** One change with what it was mapped to and what it means. */
export interface Judged {
  readonly change: Change;
  readonly mapped: Mapped;
  readonly judgement: Judgement;
}

/** As much of a reading as judging needs. */
export interface Judging extends Pick<Reading, 'store' | 'compare'> {
  readonly job: Pick<Job, 'dataset'>;
}

type Page = Pick<ReadPage, 'changes' | 'mapped'>;

/** Judges a page by what is known now. */
export async function judgePage(reading: Judging, { changes, mapped }: Page): Promise<readonly Judged[]> {
  const standings = await reading.store.standings(reading.job.dataset, mapped.map((one) => one.key));
  const compared = await compareChanged(reading, { changes, mapped }, standings);
  const knownOf = await lookUp(reading, compared, standings);
  return compared.map((one, index) => ({ change: changes[index] ?? { state: 'gone', key: one.key }, mapped: one, judgement: judge(one, knownOf(one)) }));
}

/** Judges a page as if the pages before it had been kept, though nothing is. */
export async function supposePage(reading: Judging, page: Page): Promise<readonly Judged[]> {
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

/** Holds versions that differ from what the region has against it, as far as the gateway still knows what that says. */
async function compareChanged({ job, store, compare }: Judging, page: Page, standings: Standings): Promise<readonly Mapped[]> {
  const { changes, mapped } = page;
  const differs = (one: Mapped): boolean => {
    const standing = standings.get(one.key);
    return one.state === 'good' && standing?.atRegion === true && standing.fingerprint !== one.fingerprint;
  };
  const changed = compare === undefined ? [] : mapped.filter(differs);
  if (compare === undefined || changed.length === 0) return mapped;
  const had = await store.acknowledged(job.dataset, changed.map((one) => one.key));
  return mapped.map((one, index) => {
    const [acknowledged, change] = [had.get(one.key), changes[index]];
    return one.state !== 'good' || acknowledged === undefined || change === undefined || !differs(one) ? one : compare(one, acknowledged.records, change);
  });
}

/** Asks the store once per page for all else that judging its records needs. */
async function lookUp({ job, store }: Judging, mapped: readonly Mapped[], standings: Standings): Promise<(one: Mapped) => Known> {
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
