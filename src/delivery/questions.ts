import type { Counterpart, Told } from '../port/compare.ts';
import type { Feed } from '../port/feed.ts';
import { Failure } from '../record/failure.ts';
import type { Breaker, Lamp, Shut } from './breaker.ts';

/** What the region issues, asked for through the breaker; throws a Failure `BREAKER_OPEN` or `BREAKER_HELD` while nothing may be asked. */
export function feedThrough(breaker: Breaker, feed: Feed, signal: AbortSignal): Feed {
  return {
    pull: (asked) => through(breaker, () => feed.pull(asked), signal),
    acknowledge: (resource, cursor) => through(breaker, () => feed.acknowledge(resource, cursor), signal),
  };
}

/** What the region tells of what it has, asked for through the breaker; throws a Failure `BREAKER_OPEN` or `BREAKER_HELD` while nothing may be asked. */
export function counterpartThrough(breaker: Breaker, counterpart: Counterpart, signal: AbortSignal): Counterpart {
  const ask = <T>(question: () => Promise<Told<T>>): Promise<Told<T>> => through<Told<T>>(breaker, question, signal);
  return {
    digests: (table, prefix) => ask(() => counterpart.digests(table, prefix)),
    groups: (table) => ask(() => counterpart.groups(table)),
    keys: (table, cursor) => ask(() => counterpart.keys(table, cursor)),
    show: (table, rowGuid) => ask(() => counterpart.show(table, rowGuid)),
  };
}

/** A rest the region asked for is waited for by who asks; a breaker that is open, or held by a person, is not waited for. */
async function through<A extends { readonly verdict: string }>(breaker: Breaker, question: () => Promise<A>, signal: AbortSignal): Promise<A | { readonly verdict: 'later'; readonly restMs: number; readonly reason: string }> {
  const answer = await breaker.question(question, signal);
  if (!isShut(answer)) return answer;
  const code = shutBy(breaker.lamp());
  if (code !== null) throw new Failure(code);
  return { verdict: 'later', restMs: answer.restMs, reason: 'shut' };
}

function isShut(answer: { readonly verdict: string }): answer is Shut {
  return answer.verdict === 'shut';
}

function shutBy({ held, state }: Lamp): string | null {
  if (held !== null) return 'BREAKER_HELD';
  return state === 'closed' ? null : 'BREAKER_OPEN';
}
