import type { Clock } from '../port/clock.ts';
import type { Feed } from '../port/feed.ts';
import type { InboundLook, InboundStore } from '../port/inbound.ts';
import type { MendingStore } from '../port/mending.ts';
import type { PullProfile } from '../port/pull-profile.ts';
import type { RunStore } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import type { PullJob } from '../record/job.ts';
import type { Counts, RunState } from '../record/run.ts';
import type { IssuedState } from '../record/issued.ts';
import { notNow } from '../record/not-now.ts';
import { apply, type Applying } from './apply.ts';
import { refuseLate } from './late-refusals.ts';
import { receive } from './receive.ts';

/** What is done with a resource's records once they are here. */
export type Use =
  /** Entered into the county. */
  | { readonly kind: 'county'; readonly applying: Pick<Applying, 'down' | 'translator' | 'sink' | 'upward' | 'stamp' | 'moment'> }
  /** Brought to the records they find fault with. */
  | { readonly kind: 'late' }
  /** Kept for others to look at (`applied`), or until a person takes them (`held`). */
  | { readonly kind: 'kept'; readonly state: Extract<IssuedState, 'applied' | 'held'> };

/** One execution of a pull job. */
export interface Pulling {
  readonly job: PullJob;
  readonly made: string;
  readonly profile: PullProfile;
  readonly feed: Feed;
  readonly use: () => Use;
  readonly store: InboundStore & Pick<InboundLook, 'issued'> & Pick<RunStore, 'beginRun' | 'endRun'> & Pick<MendingStore, 'refuseLate'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: (moved: { readonly read?: number; readonly sent?: number }) => void;
}

export interface PullResult {
  readonly run: number;
  readonly state: RunState;
  readonly counts: Counts;
  readonly failure: Failure | null;
}

/** Fetches, applies, acknowledges; `pending` where the breaker lets nothing be asked. What had come before is applied although the region is away, and what comes is kept although the county is. */
export async function pull(pulling: Pulling): Promise<PullResult> {
  const { job, store, clock } = pulling;
  const run = await store.beginRun({ job: job.job, dataset: job.dataset, mode: 'pull', at: clock.wallMs(), made: pulling.made });
  const { caughtUpAt } = await store.stream(job.dataset);
  let askedAt: number | null = null;
  const outcomes = await inTurn([
    async () => {
      askedAt = await fetched(pulling, run);
    },
    () => used(pulling, caughtUpAt),
    () => concluded(pulling, () => askedAt),
  ]);
  const failures = outcomes.filter((cause): cause is Failure => cause instanceof Failure);
  const unforeseen = outcomes.find((cause) => !(cause instanceof Failure));
  const failure = failures[0] ?? (unforeseen === undefined ? null : new Failure('UNFORESEEN'));
  const waiting = (await store.received(job.dataset, 1)).length > 0;
  const state: RunState = failure !== null ? (notNow.has(failure.code) ? 'pending' : 'failed') : pulling.signal.aborted ? 'stopped' : waiting ? 'pending' : 'done';
  const counts = await store.endRun(run, { at: clock.wallMs(), state, failure: failure?.code ?? null });
  if (unforeseen !== undefined) throw unforeseen;
  return { run, state, counts, failure };
}

/** Every step, whatever became of the one before; what they threw. */
async function inTurn(steps: readonly (() => Promise<void>)[]): Promise<readonly unknown[]> {
  const thrown: unknown[] = [];
  for (const step of steps) await step().catch((cause: unknown) => thrown.push(cause));
  return thrown;
}

async function fetched({ job, profile, feed, store, clock, signal, progress }: Pulling, run: number): Promise<number | null> {
  const naming = profile.resources[job.dataset];
  if (naming === undefined) throw new Failure('RESOURCE_UNKNOWN', { resource: job.dataset, known: Object.keys(profile.resources).join('、') });
  return receive({
    resource: job.dataset, naming, profile, limit: Math.min(job.page, profile.limit), run, feed, store, clock, signal,
    progress: (read) => progress({ read }),
  });
}

async function used({ job, profile, use, store, clock, signal, progress }: Pulling, readBefore: number | null): Promise<void> {
  const found = use();
  const moved = (): void => progress({ sent: 0 });
  switch (found.kind) {
    case 'county': return apply({ ...found.applying, readBefore, store, clock, signal, progress: moved });
    case 'late':
      if (profile.late === undefined) throw new Failure('RESOURCE_UNKNOWN', { resource: job.dataset, known: Object.keys(profile.resources).join('、') });
      return refuseLate({ late: profile.late, store, clock, signal, progress: moved });
    case 'kept': return keep({ resource: job.dataset, state: found.state, store, clock });
  }
}

async function keep({ resource, state, store, clock }: { readonly resource: string; readonly state: 'applied' | 'held'; readonly store: InboundStore; readonly clock: Clock }): Promise<void> {
  for (;;) {
    const received = await store.received(resource, 500);
    if (received.length === 0) return;
    await store.conclude({ resource, at: clock.wallMs(), ended: received.map(({ id }) => ({ id, state, problems: [] })), agreed: [], conflicts: [], adopted: [] });
  }
}

/** The region is told only when nothing that came before the cursor still waits; telling it again does no harm. */
async function concluded({ job, feed, store }: Pulling, askedAt: () => number | null): Promise<void> {
  if ((await store.received(job.dataset, 1)).length > 0) return;
  const at = askedAt();
  if (at !== null) await store.noteCaughtUp(job.dataset, at);
  const { cursor, acknowledged: told } = await store.stream(job.dataset);
  if (cursor === null || cursor === told) return;
  const answer = await feed.acknowledge(job.dataset, cursor);
  if (answer.verdict === 'done') await store.noteAcknowledged(job.dataset, cursor);
  else if (answer.verdict === 'denied') throw new Failure('PULL_DENIED', { resource: job.dataset, reason: answer.code });
}
