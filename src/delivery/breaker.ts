import CircuitBreaker from 'opossum';
import type { Region } from '../port/region.ts';
import type { Parcel } from '../record/batch.ts';
import type { Answer } from '../record/receipt.ts';

/** What an operator sees of the breaker. */
export interface Lamp {
  readonly state: 'closed' | 'half-open' | 'open';
  readonly reason: string | null;
}

/** Lets pushes through while the region answers; rests it when it does not. */
export interface Breaker {
  push(parcel: Parcel): Promise<Answer>;
  lamp(): Lamp;
  close(): void;
}

const restMs = 10_000;

/** Carries an answer that counts as a failure through the breaker and out again. */
class NotWell extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(answer.verdict);
    this.answer = answer;
  }
}

/**
 *     closed ──5 or more pushes in a minute, more than half without an answer──▶ open
 *     open ──10 s──▶ half-open ──answered──▶ closed
 *                        └──not answered──▶ open
 *
 * A refusal is an answer: the region is well. Every way out of a call settles the breaker.
 */
export function breakerOf(region: Region, onChange: (lamp: Lamp) => void): Breaker {
  let reason: string | null = null;
  const circuit = new CircuitBreaker(async (parcel: Parcel) => {
    const answer = await region.push(parcel);
    if (answer.verdict === 'unknown' || answer.verdict === 'later') throw new NotWell(answer);
    return answer;
  }, { timeout: false, errorThresholdPercentage: 50, volumeThreshold: 5, resetTimeout: restMs, rollingCountTimeout: 60_000 });
  const lamp = (): Lamp => ({ state: circuit.opened ? 'open' : circuit.halfOpen ? 'half-open' : 'closed', reason: circuit.closed ? null : reason });
  circuit.on('open', () => onChange(lamp()));
  circuit.on('halfOpen', () => onChange(lamp()));
  circuit.on('close', () => onChange(lamp()));
  return {
    push: async (parcel) => {
      try {
        return await circuit.fire(parcel);
      } catch (cause) {
        if (cause instanceof NotWell) {
          reason = cause.answer.verdict === 'unknown' || cause.answer.verdict === 'later' ? cause.answer.reason : null;
          return cause.answer;
        }
        if ((cause as { code?: string }).code === 'EOPENBREAKER') return { verdict: 'later', restMs: restMs / 2, reason: 'BREAKER_OPEN' };
        throw cause;
      }
    },
    lamp,
    close: () => circuit.shutdown(),
  };
}
