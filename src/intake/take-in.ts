import type { Clock } from '../port/clock.ts';
import type { Page, Selection, Source } from '../port/source.ts';
import type { IntakeStore, Keep } from '../port/store.ts';
import type { Change } from '../record/change.ts';
import type { Cursor } from '../record/cursor.ts';
import type { Mapped } from '../record/envelope.ts';
import { Failure } from '../record/failure.ts';
import type { Job } from '../record/job.ts';
import { judge, type Known } from './judge.ts';

/** One reading of a county's dataset, from its cursor to the end. */
export interface Intake {
  readonly job: Job;
  readonly run: number;
  readonly selection: Selection;
  readonly examine: (change: Change) => Mapped;
  readonly source: Source;
  readonly store: IntakeStore;
  readonly clock: Clock;
  /** Resolves when there is room in the outbox; false when the reading must end here. Asked before each page. */
  readonly room: () => Promise<boolean>;
  readonly progress: (read: number) => void;
}

/** Share of a dataset that may disappear in one sweep before a person is asked, and the number below which nobody is. */
const shrinkShare = 0.05;
const shrinkFloor = 10;

/** Reads, maps, checks and keeps until the source is caught up. Each page is kept whole with its cursor, or not at all. */
export async function takeIn(intake: Intake): Promise<void> {
  const { job, source, store } = intake;
  const stream = `${job.dataset}:changes`;
  const sweeping = job.mode === 'sweep';
  const kept = sweeping ? null : await store.cursor(stream);
  if (sweeping) await store.beginSweep(job.dataset);
  let cursor: Cursor | null = kept === null ? null : source.rewind(kept, job.overlapMinutes);
  for (;;) {
    if (!(await intake.room())) return;
    const page: Page = sweeping
      ? await source.sweep(intake.selection, cursor, job.page)
      : await source.changes(intake.selection, cursor, job.page);
    await keepPage(intake, page.changes, sweeping ? null : { stream, value: page.cursor });
    cursor = page.resume;
    if (page.caughtUp) break;
  }
  if (sweeping) await takeBackUnseen(intake);
}

interface Reading {
  readonly changes: readonly Change[];
  readonly mapped: readonly Mapped[];
  readonly cursor: { readonly stream: string; readonly value: Cursor } | null;
}

/** Judges a page anew as often as delivery has moved one of its records on between the judging and the keeping. */
async function keepPage(intake: Intake, changes: readonly Change[], cursor: Reading['cursor']): Promise<void> {
  const reading = { changes, mapped: changes.map(intake.examine), cursor };
  while (!(await judgeAndKeep(intake, reading)));
  intake.progress(changes.length);
}

async function judgeAndKeep(intake: Intake, { changes, mapped, cursor }: Reading): Promise<boolean> {
  const { job, store, clock } = intake;
  const knownOf = await lookUp(intake, mapped);
  const keeps: Keep[] = [];
  const read = new Map<string, Change>();
  const counts = { read: changes.length, same: 0, quarantined: 0 };
  mapped.forEach((one, index) => {
    const judgement = judge(one, knownOf(one));
    if (judgement.verdict === 'keep') {
      keeps.push(judgement.keep);
      if (judgement.keep.kind === 'quarantine') {
        const change = changes[index];
        if (change !== undefined) read.set(one.key, change);
        counts.quarantined += 1;
      } else if (judgement.keep.kind === 'withdraw') counts.same += 1;
    } else if (judgement.verdict === 'same') counts.same += 1;
    else if (judgement.verdict === 'still-quarantined') counts.quarantined += 1;
    else counts.read -= 1;
  });
  return store.keep({
    dataset: job.dataset, run: intake.run, at: clock.wallMs(), keeps, read, cursor, counts,
    seen: job.mode === 'sweep' ? changes.filter((change) => change.state === 'present').map((change) => change.key) : [],
  });
}

/** Asks the store once per page for all that judging its records needs. */
async function lookUp(intake: Intake, mapped: readonly Mapped[]): Promise<(one: Mapped) => Known> {
  const { job, store } = intake;
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

/** Takes back what the county no longer has, unless so much is missing that the source itself must be doubted. */
async function takeBackUnseen(intake: Intake): Promise<void> {
  const { job, store } = intake;
  const { known, unseen } = await store.sweepResult(job.dataset);
  if (unseen > shrinkFloor && unseen > known * shrinkShare) {
    throw new Failure('SOURCE_SHRUNK', { dataset: job.dataset, known, missing: unseen });
  }
  for (;;) {
    const keys = await store.unseen(job.dataset, job.page);
    if (keys.length === 0) return;
    if (!(await intake.room())) return;
    await keepPage(intake, keys.map((key) => ({ state: 'gone', key })), null);
  }
}
