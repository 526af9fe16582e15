import type { Missed } from '../port/missed.ts';
import { localTime } from './local-time.ts';
import type { Texts } from './texts.ts';

/** One line for minutes of a job that passed without a run: how many, why, and whether that has been caught up. */
export function missedLines(missed: readonly Missed[], texts: Texts, zone: number): readonly string[] {
  return missed.map(({ job, reason, times, firstDue, lastDue, run }) => texts.say(run === null ? 'cli.missed.open' : 'cli.missed.caughtUp', {
    job, times, reason: texts.say(`cli.missed.${reason}`), first: localTime(firstDue, zone), last: localTime(lastDue, zone), run: run ?? '',
  }));
}
