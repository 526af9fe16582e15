import type { Luck } from '../port/clock.ts';

const baseMs = 500;
const capMs = 60_000;

/** How long to rest before the next try: full jitter under a doubling ceiling, never less than the region asked for. */
export function restBefore(attempt: number, askedMs: number, luck: Luck): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(attempt, 20));
  return Math.max(askedMs, Math.round(ceiling * luck()));
}
