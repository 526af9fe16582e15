import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../../adapters/store-sqlite/schema.ts';
import type { Luck } from '../../../src/port/clock.ts';
import { crashState, type CrashState } from './crash-states.ts';
import { digestOf } from './digest.ts';
import type { Traced } from './traced.ts';

/** What came of many crash states. */
export interface Replayed {
  readonly states: number;
  /** The store does not open, or its pages contradict each other. */
  readonly corrupt: readonly string[];
  /** Something acknowledged is missing, or something is there by half. */
  readonly lost: readonly string[];
}

const mostTold = 10;

/** Puts crash states on a disk one after the other and opens each as a gateway that starts again would. */
export function replay({ steps, digests }: Traced, about: { readonly states: number; readonly folder: string; readonly luck: Luck }): Replayed {
  const { states, folder, luck } = about;
  const corrupt: string[] = [];
  const lost: string[] = [];
  const told = { corrupt: 0, lost: 0 };
  for (let n = 0; n < states; n += 1) {
    const state = crashState(steps, 1 + Math.floor(luck() * steps.length), luck);
    const verdict = verdictOn(state, { digests, folder });
    if (verdict === null) continue;
    told[verdict.kind] += 1;
    const list = verdict.kind === 'corrupt' ? corrupt : lost;
    list.push(list.length < mostTold ? `${state.how}: ${verdict.what}` : '');
  }
  return { states, corrupt, lost };
}

function verdictOn(state: CrashState, { digests, folder }: { readonly digests: readonly string[]; readonly folder: string }): { readonly kind: 'corrupt' | 'lost'; readonly what: string } | null {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of state.files) writeFileSync(join(folder, name), bytes);
  try {
    const database = openDatabase(join(folder, 'gateway.db'), 'write');
    try {
      const { integrity_check: check } = database.prepare('pragma integrity_check').get() as { integrity_check: string };
      if (check !== 'ok') return { kind: 'corrupt', what: check };
      const held = digestOf(database);
      const { acknowledged } = state;
      const right = acknowledged === 0 || held === digests[acknowledged - 1] || held === digests[acknowledged];
      return right ? null : { kind: 'lost', what: `${acknowledged} things were acknowledged, and the store holds: ${held}` };
    } finally {
      database.close();
    }
  } catch (cause) {
    return { kind: 'corrupt', what: String(cause) };
  }
}
