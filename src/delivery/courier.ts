import type { Attempt } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import type { Fate } from '../record/receipt.ts';
import { restBefore } from './backoff.ts';
import type { Carried, CourierSetting } from './carried.ts';
import { halve } from './halve.ts';
import { matchReceipts, settlementOf } from './settle.ts';

/** `settled`: every envelope in it has moved on. `left`: still open in the store; a later run asks after it first. */
export type Ending = 'settled' | 'left';

/**
 * Carries one batch to its end:
 *
 *     push ──settled──▶ settle
 *      ▲ │──refused──▶ halve, carry both halves
 *      │ │──later────▶ rest, push again
 *      │ └──unknown──▶ rest, ask ──never seen──▶ push again, byte for byte
 *      └───────────────────────┘  └─settled──▶ settle
 */
export async function carry(setting: CourierSetting, carried: Carried, start: 'push' | 'ask' = 'push'): Promise<Ending> {
  let step = start;
  for (let attempt = 0; ; attempt += 1) {
    if (setting.signal.aborted) return 'left';
    const answer: Fate = step === 'push' ? await setting.breaker.push(carried.parcel) : await setting.region.ask(carried.batch.no);
    const done = await take(setting, carried, { answer, step });
    if (done !== null) return done;
    if (carried.stale && answer.verdict === 'never-seen') return release(setting, carried);
    step = nextStep(answer, step);
    if (answer.verdict === 'never-seen') continue;
    await setting.clock.rest(restBefore(attempt, answer.verdict === 'later' ? answer.restMs : 0, setting.luck), setting.signal);
  }
}

function nextStep(answer: Fate, step: 'push' | 'ask'): 'push' | 'ask' {
  if (answer.verdict === 'never-seen') return 'push';
  return answer.verdict === 'later' ? step : 'ask';
}

/** Acts on an answer that ends the matter; null when it does not. */
async function take(setting: CourierSetting, carried: Carried, got: { answer: Fate; step: 'push' | 'ask' }): Promise<Ending | null> {
  const { answer } = got;
  const attempt = attemptOf(setting, carried, got);
  switch (answer.verdict) {
    case 'settled': {
      const receipts = matchReceipts(carried.load.entries, answer.receipts);
      if (receipts === null) return noted(setting, { ...attempt, verdict: 'unknown', detail: 'RECEIPTS_DO_NOT_MATCH' });
      setting.settling.hand(settlementOf(carried.load, receipts, { batch: carried.batch.no, at: attempt.at, attempt }));
      return 'settled';
    }
    case 'refused': return carryHalves(setting, await halve(setting, carried, { answer, attempt }));
    case 'denied':
      await setting.store.noteAttempt(attempt);
      throw new Failure('REGION_DENIED', { reason: answer.code });
    case 'later':
      return answer.reason === 'BREAKER_OPEN' ? null : noted(setting, attempt);
    case 'unknown': case 'never-seen': case 'in-progress': return noted(setting, attempt);
  }
}

/** A batch that never arrived and cannot be written again as it was: its envelopes go back to the line. */
async function release(setting: CourierSetting, { batch }: Carried): Promise<Ending> {
  await setting.store.settle([{
    batch: batch.no, at: setting.clock.wallMs(), state: 'released', attempt: null, receipts: '',
    delivered: [], advanced: [], quarantined: [], halves: [], reopened: batch.members.map((member) => member.seq),
  }]);
  return 'settled';
}

async function carryHalves(setting: CourierSetting, halves: readonly Carried[]): Promise<Ending> {
  let ending: Ending = 'settled';
  for (const half of halves) {
    if ((await carry(setting, half)) === 'left') ending = 'left';
  }
  return ending;
}

async function noted(setting: CourierSetting, attempt: Attempt): Promise<null> {
  await setting.store.noteAttempt(attempt);
  return null;
}

function attemptOf(setting: CourierSetting, carried: Carried, { answer, step }: { answer: Fate; step: 'push' | 'ask' }): Attempt {
  const detail = 'reason' in answer ? answer.reason : answer.verdict === 'refused' ? answer.code : '';
  return { batch: carried.batch.no, at: setting.clock.wallMs(), kind: step, verdict: answer.verdict, detail: detail.slice(0, 200) };
}
