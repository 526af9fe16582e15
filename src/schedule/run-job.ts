import { deliver, type Delivery } from '../delivery/deliver.ts';
import { mustHaveShape } from '../intake/shape.ts';
import { takeIn, type Intake } from '../intake/take-in.ts';
import type { Clock } from '../port/clock.ts';
import type { Store } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import type { ReportJob } from '../record/job.ts';
import type { Counts, RunState } from '../record/run.ts';
import type { RunEnd } from './allowed.ts';
import { Meeting } from './meeting.ts';
import { Patience } from './patience.ts';

/** What a run needs; the parts that differ from run to run are made here. */
export interface RunSetting {
  readonly job: ReportJob;
  /** Version of the site files. */
  readonly made: string;
  /** The plan a person has confirmed. */
  readonly confirm?: string;
  /** What is kept instead of a reading: repairs of what a comparison found. */
  readonly repairing?: (intake: Intake) => Promise<void>;
  readonly store: Store;
  readonly clock: Clock;
  readonly intake: Pick<Intake, 'selection' | 'examine' | 'compare' | 'source'>;
  readonly delivery: Omit<Delivery, 'dataset' | 'moreToCome' | 'news' | 'progress' | 'signal' | 'store' | 'clock'>;
  /** Envelopes on their way beyond which the reading waits. */
  readonly highWater: number;
  /** How long without any progress before delivery is left to a later run. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  /** When it must end, done or not; absent: when it is done. */
  readonly until?: RunEnd;
  readonly progress: (moved: { readonly read?: number; readonly sent?: number }) => void;
}

export interface RunResult {
  readonly run: number;
  readonly state: RunState;
  readonly counts: Counts;
  readonly failure: Failure | null;
}

/** One execution of a job: reading and delivering go on side by side, and the counts add up in every transaction. */
export async function runJob(setting: RunSetting): Promise<RunResult> {
  const { job, store, clock } = setting;
  const run = await store.beginRun({ job: job.job, dataset: job.dataset, mode: setting.repairing === undefined ? job.mode : 'repair', at: clock.wallMs(), made: setting.made });
  const outcome = await work(setting, run);
  const waiting = await store.backlog(job.dataset);
  const early = outcome.failure === null && outcome.ended !== null ? new Failure(outcome.ended, { job: job.job }) : null;
  const state: RunState = outcome.failure !== null ? 'failed' : early !== null ? 'pending' : setting.signal.aborted ? 'stopped' : waiting > 0 ? 'pending' : 'done';
  const counts = await store.endRun(run, { at: clock.wallMs(), state, failure: outcome.failure?.code ?? early?.code ?? null });
  if (outcome.unforeseen !== null) throw outcome.unforeseen;
  return { run, state, counts, failure: outcome.failure ?? early };
}

async function work(setting: RunSetting, run: number): Promise<{ failure: Failure | null; ended: RunEnd['code'] | null; unforeseen: unknown }> {
  const { job, store, clock, signal } = setting;
  const patience = new Patience(clock, setting.patienceMs);
  const stop = new AbortController();
  const over = new AbortController();
  let ended: RunEnd['code'] | null = null;
  const ending = setting.until === undefined ? Promise.resolve() : clock.rest(setting.until.inMs, over.signal).then(() => {
    if (over.signal.aborted) return;
    ended = setting.until?.code ?? null;
    stop.abort();
  });
  const both = AbortSignal.any([signal, stop.signal]);
  const meeting = new Meeting();
  const intake = (setting.repairing ?? readInShape)({
    ...setting.intake, job, run, store, clock, made: setting.made,
    ...(setting.confirm === undefined ? {} : { confirm: setting.confirm }),
    room: async () => {
      await clock.rest(0); // lets answers in between two pages
      return meeting.waitForRoom(() => hasRoom(setting), both);
    },
    progress: (read) => {
      patience.progress();
      meeting.announce();
      if (read > 0) setting.progress({ read });
    },
  }).finally(() => meeting.intakeEnded());
  const delivery = deliver({
    ...setting.delivery, store, clock, dataset: job.dataset, ...(job.refusals === undefined ? {} : { refusalRule: job.refusals }), signal: AbortSignal.any([both, patience.signal]),
    moreToCome: () => meeting.moreToCome(),
    news: () => meeting.news(),
    progress: (sent) => {
      patience.progress();
      meeting.announce();
      setting.progress({ sent });
    },
  }).finally(() => meeting.deliveryEnded());
  const watch = patience.watch();
  const results = await Promise.allSettled([
    intake.catch((cause: unknown) => {
      if (!awaitsPerson(cause)) stop.abort();
      throw cause;
    }),
    delivery.catch((cause: unknown) => {
      stop.abort();
      throw cause;
    }),
  ]);
  patience.end();
  over.abort();
  await Promise.all([watch, ending]);
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  const failure = reasons.find((reason) => reason instanceof Failure) ?? null;
  return { ended, failure: failure ?? (reasons.length > 0 ? new Failure('UNFORESEEN') : null), unforeseen: reasons.find((reason) => !(reason instanceof Failure)) ?? null };
}

/** Reads what a source says only while it says it as before. */
async function readInShape(intake: Intake & { readonly store: RunSetting['store'] }): Promise<void> {
  const { job: { dataset }, selection, source, store, clock } = intake;
  await mustHaveShape({ dataset, selection, source, store, wallMs: clock.wallMs() });
  await takeIn(intake);
}

/** What was kept earlier goes out while a person looks at what was not kept. */
function awaitsPerson(cause: unknown): boolean {
  return cause instanceof Failure && ['GUARD_HELD', 'PLAN_OTHER', 'SHAPE_CHANGED', 'SOURCE_BEHIND'].includes(cause.code);
}

/** Records that wait for another dataset take no room: else so many of them would keep back all that could go. */
async function hasRoom({ store, job, highWater }: RunSetting): Promise<boolean> {
  const waiting = await store.backlog(job.dataset);
  return waiting < highWater || waiting - (await store.stalled(job.dataset)) < highWater;
}
