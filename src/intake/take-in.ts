import type { Clock } from '../port/clock.ts';
import type { MendingStore } from '../port/mending.ts';
import type { IntakeStore, Keep, Keeping, LookStore } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import type { Job } from '../record/job.ts';
import { correcting } from './correct.ts';
import { forecast } from './forecast.ts';
import { allowanceOf, Touched, type Allowance } from './guard.ts';
import { judgePage, supposePage, type Judged } from './judge-page.ts';
import { beginReading, Reader, type Position, type ReadPage, type Reading } from './reader.ts';

/** A run's reading of a county's dataset, from its cursor to the end. */
export interface Intake extends Reading {
  readonly run: number;
  readonly store: IntakeStore & Pick<LookStore, 'acknowledged'> & Pick<MendingStore, 'lapse'>;
  readonly clock: Clock;
  /** The plan a person has confirmed: then this, and only this, may change more than the guard lets through. */
  readonly confirm?: string;
  /** Resolves when there is room in the outbox; false when the reading must end here. Asked before each page. */
  readonly room: () => Promise<boolean>;
  readonly progress: (read: number) => void;
}

/**
 * Reads, maps, checks and keeps until the source is caught up. Each page is kept whole with its cursor, or not at all.
 *
 *     keep what touches nothing ──a page that does──▶ look ahead to the end ──few──▶ keep the rest
 *                                                          └──more than allowed──▶ GUARD_HELD: kept is nothing of it
 *
 * What looking ahead has read waits in memory, two pages at most: a run with few changes reads everything once. Only when
 * more follows is it read again after the decision.
 */
export async function takeIn(given: Intake): Promise<void> {
  const { examine, lapsed } = correcting(given.examine, await given.store.corrections(given.job.dataset));
  await readOn({ ...given, examine });
  if (lapsed.size > 0) await given.store.lapse([...lapsed], given.clock.wallMs());
}

async function readOn(intake: Intake): Promise<void> {
  const allowance = await allowanceOf(intake.job, intake.store);
  if (intake.confirm !== undefined) return keepPlan(intake, intake.confirm, allowance);
  const { from } = await beginReading(intake);
  const reader = new Reader(intake, from, intake.job.replica === true ? 'wary' : 'trusting');
  const first = await keepUntouching(intake, reader);
  const ahead = first === null ? null : await lookAhead(intake, { reader, first, allowance });
  if (ahead === null) return;
  for (const page of ahead.held) {
    if (!(await intake.room())) return;
    await keepPage(intake, page);
  }
  if (ahead.rest !== null) await keepFrom(intake, ahead.rest, allowance);
}

/** A confirmed plan is kept when it is still what would be done; beyond it the guard stands as before. */
async function keepPlan(intake: Intake, confirm: string, { atRegion, allowed }: Allowance): Promise<void> {
  const plan = await forecast(intake, { goOn: intake.room, each: async () => intake.progress(0) });
  if (plan === null) return;
  if (plan.plan !== confirm) throw new Failure('PLAN_OTHER', { job: intake.job.job, plan: confirm });
  const { from } = await beginReading(intake);
  await keepFrom(intake, from, { atRegion, allowed: allowed + plan.changed + plan.gone });
}

/** Keeps pages until one touches what the region has, and gives that one; null at the end. */
async function keepUntouching(intake: Intake, reader: Reader): Promise<ReadPage | null> {
  for (;;) {
    if (!(await intake.room())) return null;
    const page = await reader.next();
    if (page === null) return null;
    const judged = await judgePage(intake, page);
    const touched = new Touched();
    touched.note(judged);
    if (touched.changed + touched.gone > 0) return page;
    await keepPage(intake, page, judged);
  }
}

interface Ahead {
  readonly held: readonly ReadPage[];
  /** Where reading goes on after the held pages; null when they are all there is. */
  readonly rest: Position | null;
}

/** Judges everything to the end and keeps nothing; throws when it touches too much, null when reading must end here. */
async function lookAhead(intake: Intake, about: { readonly reader: Reader; readonly first: ReadPage; readonly allowance: Allowance }): Promise<Ahead | null> {
  const touched = new Touched();
  const held: ReadPage[] = [];
  let rows = 0;
  let rest: Position | null = null;
  for (let page: ReadPage | null = about.first; page !== null; page = await about.reader.next()) {
    touched.note(await supposePage(intake, page));
    touched.check(intake.job, about.allowance);
    rows += page.changes.length;
    if (rest === null && rows <= intake.job.page * 2) held.push(page);
    else rest ??= page.from;
    intake.progress(0);
    if (!(await intake.room())) return null;
  }
  await intake.store.supposeNothing();
  return { held, rest };
}

/** Keeps to the end; counts again, because the county may have moved since it was looked at. */
async function keepFrom(intake: Intake, from: Position, allowance: Allowance): Promise<void> {
  const reader = new Reader(intake, from);
  const touched = new Touched();
  for (;;) {
    if (!(await intake.room())) return;
    const page = await reader.next();
    if (page === null) return;
    const judged = await judgePage(intake, page);
    touched.note(judged);
    touched.check(intake.job, allowance);
    await keepPage(intake, page, judged);
  }
}

/** Judges a page anew as often as delivery has moved one of its records on between the judging and the keeping. */
async function keepPage(intake: Intake, page: ReadPage, judged?: readonly Judged[]): Promise<void> {
  let now = judged ?? await judgePage(intake, page);
  while (!(await intake.store.keep(keepingOf(intake, page, now)))) now = await judgePage(intake, page);
  intake.progress(page.changes.length);
}

/** What a judged page asks the store to keep, with counts that add up. */
export function keepingOf({ job, run, clock }: { readonly job: Pick<Job, 'dataset'>; readonly run: number; readonly clock: Pick<Clock, 'wallMs'> }, page: Pick<ReadPage, 'cursor'>, judged: readonly Judged[]): Keeping {
  const keeps: Keep[] = [];
  const read: Map<string, Judged['change']> = new Map();
  const counts = { read: judged.length, same: 0, quarantined: 0 };
  for (const { change, mapped, judgement } of judged) {
    if (judgement.verdict === 'keep') {
      keeps.push(judgement.keep);
      if (judgement.keep.kind === 'quarantine') {
        read.set(mapped.key, change);
        counts.quarantined += 1;
      } else if (judgement.keep.kind === 'withdraw') counts.same += 1;
    } else if (judgement.verdict === 'same') counts.same += 1;
    else if (judgement.verdict === 'still-quarantined') counts.quarantined += 1;
    else counts.read -= 1;
  }
  return { dataset: job.dataset, run, at: clock.wallMs(), keeps, read, cursor: page.cursor, counts };
}
