import type { Attempt } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import type { Answer, Fate } from '../record/receipt.ts';
import { restBefore } from './backoff.ts';
import type { Carried, CourierSetting } from './carried.ts';
import { givenBack, matchReceipts, settlementOf } from './settle.ts';

/** A batch that was refused as a whole, with the region's words. */
export interface Refused {
  readonly answer: Extract<Answer, { verdict: 'refused' }>;
  readonly attempt: Attempt;
}

/**
 * `settled`: every envelope in it has moved on. `released`: it is known not to have arrived, and its envelopes are back in
 * the line. `left`: still open in the store; a later run asks after it first.
 */
export type Ending = 'settled' | 'released' | 'left';

export type Brought = Ending | Refused;

/**
 * Brings one batch to the region until it is answered:
 *
 *     push ──settled──▶ settle
 *      ▲ │──refused──▶ refused as a whole
 *      │ │──later────▶ rest, push again
 *      │ └──unknown──▶ rest, ask ──never seen──▶ push again, byte for byte
 *      └───────────────────────┘  └─settled──▶ settle
 *
 * While the breaker is not sure of the region, only a single record waits at the door: larger batches that are known not to
 * have arrived go back to the line, and so does whatever never went out when carrying must end or nothing may go out.
 */
export async function bring(setting: CourierSetting, carried: Carried, start: 'push' | 'ask' = 'push'): Promise<Brought> {
  const { breaker, clock, signal, luck } = setting;
  let step = start;
  let away = start === 'push';
  for (let attempt = 0; ;) {
    if (signal.aborted) return away ? release(setting, carried) : 'left';
    const answer = step === 'push' ? await breaker.push(carried.parcel, signal) : await breaker.ask(carried.parcel, signal);
    if (answer.verdict === 'shut') {
      if (breaker.idle()) return away ? release(setting, carried) : 'left';
      if (away && breaker.wary() && carried.load.entries.length > 1) return release(setting, carried);
      await clock.rest(answer.restMs, signal);
      continue;
    }
    const done = await take(setting, carried, { answer, step });
    if (done !== null) return done;
    if (answer.verdict === 'never-seen' && carried.stale) return release(setting, carried);
    away = answer.verdict === 'never-seen' || (answer.verdict === 'later' && step === 'push');
    step = nextStep(answer, step);
    if (answer.verdict === 'never-seen') continue;
    await clock.rest(restBefore(attempt, answer.verdict === 'later' ? answer.restMs : 0, luck), signal);
    attempt += 1;
  }
}

function nextStep(answer: Fate, step: 'push' | 'ask'): 'push' | 'ask' {
  if (answer.verdict === 'never-seen') return 'push';
  return answer.verdict === 'later' ? step : 'ask';
}

/** Acts on an answer that ends the matter; null when it does not. */
async function take(setting: CourierSetting, carried: Carried, got: { answer: Fate; step: 'push' | 'ask' }): Promise<Brought | null> {
  const { answer } = got;
  const attempt = attemptOf(setting, carried, got);
  switch (answer.verdict) {
    case 'settled': {
      const receipts = matchReceipts(carried.load.entries, answer.receipts);
      if (receipts === null) return noted(setting, { ...attempt, verdict: 'unknown', detail: 'RECEIPTS_DO_NOT_MATCH' });
      const settlement = settlementOf(carried.load, receipts, { batch: carried.batch.no, at: attempt.at, attempt });
      setting.refusals.note(settlement);
      setting.settling.hand(settlement);
      return 'settled';
    }
    case 'refused': return { answer, attempt };
    case 'denied':
      await setting.store.noteAttempt(attempt);
      throw new Failure('REGION_DENIED', { reason: answer.code });
    case 'later': case 'unknown': case 'never-seen': case 'in-progress': return noted(setting, attempt);
  }
}

/** The envelopes of a batch that never arrived go back to the line. */
async function release(setting: CourierSetting, { batch }: Carried): Promise<Brought> {
  await setting.store.settle([givenBack(batch, setting.clock.wallMs())]);
  return 'released';
}

async function noted(setting: CourierSetting, attempt: Attempt): Promise<null> {
  await setting.store.noteAttempt(attempt);
  return null;
}

function attemptOf(setting: CourierSetting, carried: Carried, { answer, step }: { answer: Fate; step: 'push' | 'ask' }): Attempt {
  return { batch: carried.batch.no, at: setting.clock.wallMs(), kind: step, verdict: answer.verdict, detail: detailOf(answer).slice(0, 200) };
}

function detailOf(answer: Fate): string {
  if (answer.verdict === 'in-progress') return 'IN_PROGRESS';
  return 'reason' in answer ? answer.reason : answer.verdict === 'refused' ? answer.code : '';
}
