import { hash } from 'node:crypto';
import CircuitBreaker from 'opossum';
import type { Clock } from '../port/clock.ts';
import type { LookStore } from '../port/store.ts';
import type { Shown, Verifier, VerifyProfile } from '../port/verifier.ts';

/**
 * What a terminal is told. `region`: asked just now; `cache`: the region's word that still holds; `ledger`: the region is
 * away, and this only says whether the licence was reported from here: it is no verification, and there is no result.
 */
export type Verification =
  | { readonly source: 'region' | 'cache'; readonly result: string; readonly meaning: string; readonly at: number; readonly validUntil: number }
  | { readonly source: 'ledger'; readonly result: null; readonly reported: boolean; readonly at: number; readonly reason: string };

/** A cache that forgets by itself; `keyv` is one. */
export interface Keeping {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, ttlMs: number): Promise<unknown>;
}

export interface VerificationParts {
  readonly profile: VerifyProfile;
  readonly verifier: Verifier;
  readonly cache: Keeping;
  readonly clock: Clock;
  readonly ledger: Pick<LookStore, 'trace'>;
  /** The dataset of the licences; null where none is reported. */
  readonly dataset: string | null;
}

type Told = Extract<Verification, { readonly source: 'region' | 'cache' }>;

class Away extends Error {}

/** Asks the region through a breaker of its own, so that a queue at the window never waits for a region that is away. */
export function verificationOf(parts: VerificationParts): { verify(shown: Shown): Promise<Verification>; close(): void } {
  const { profile, verifier, cache, clock } = parts;
  const circuit = new CircuitBreaker(async (shown: Shown) => {
    const answer = await verifier.verify(shown);
    if (answer.verdict === 'away') throw new Away(answer.reason);
    return answer;
  }, { timeout: false, errorThresholdPercentage: 50, volumeThreshold: 3, resetTimeout: 10_000, rollingCountTimeout: 60_000 });
  return {
    verify: async (shown) => {
      const name = `verify:${hash('sm3', JSON.stringify([shown.identifier ?? '', shown.code ?? '']), 'hex')}`;
      const kept = await cache.get(name) as Told | undefined;
      if (kept !== undefined && kept.validUntil > clock.wallMs()) return { ...kept, source: 'cache' };
      try {
        const { result, validMs } = await circuit.fire(shown);
        const holds = validMs ?? profile.keepSeconds * 1000;
        const told: Told = { source: 'region', result, meaning: profile.results[result] ?? '', at: clock.wallMs(), validUntil: clock.wallMs() + holds };
        if (holds > 0) await cache.set(name, told, holds);
        return told;
      } catch (cause) {
        return fromLedger(parts, shown, cause instanceof Away ? cause.message : 'BREAKER_OPEN');
      }
    },
    close: () => circuit.shutdown(),
  };
}

/** A scanned code ends in the identifier (GB/T 36904); one that holds none is not looked for. */
async function fromLedger({ ledger, dataset, clock }: VerificationParts, { identifier, code }: Shown, reason: string): Promise<Verification> {
  const name = identifier ?? /1\.2\.156\.3005\.2\.[0-9A-Z.]+$/i.exec(code ?? '')?.[0];
  const trace = dataset === null || name === undefined ? null : await ledger.trace(dataset, name);
  return { source: 'ledger', result: null, reported: trace !== null && trace.ledger !== null, at: clock.wallMs(), reason };
}
