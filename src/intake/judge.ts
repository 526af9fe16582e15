import type { Keep } from '../port/store.ts';
import type { Mapped } from '../record/envelope.ts';
import type { Problem } from '../record/problem.ts';
import { goneFingerprint, type Standing } from '../record/standing.ts';

/** What is known besides the record itself. */
export interface Known {
  readonly standing: Standing | undefined;
  /** Key of another live record that holds the same identity. */
  readonly rival: string | undefined;
  /** Whether the region holds what this record needs. */
  readonly needMet: boolean;
}

/** Something to keep, or why not: `same` as before, still set aside as before, or `none` of our business (gone, and never had). */
export type Judgement = { readonly verdict: 'keep'; readonly keep: Keep } | { readonly verdict: 'same' | 'still-quarantined' | 'none' };

/** Decides what a mapped record means against what is already known of it. Pure. */
export function judge(mapped: Mapped, known: Known): Judgement {
  const before = known.standing;
  if (mapped.state === 'gone') return judgeGone(mapped.key, before);
  if (mapped.state === 'good' && known.rival === undefined) {
    if (before !== undefined && before.fingerprint === mapped.fingerprint) return unchanged(before);
    const held = before !== undefined && before.begun !== null;
    const { key, identity, fingerprint, records, problems, need } = mapped;
    const state = held ? 'held' : need !== null && !known.needMet ? 'waiting' : 'open';
    return { verdict: 'keep', keep: { kind: 'put', key, identity, fingerprint, records, problems, need, state, before } };
  }
  if (mapped.state === 'good') {
    const problems: Problem[] = [{ code: 'DUPLICATE_IDENTITY', severity: 'refuse', facts: { other: known.rival ?? '' } }];
    return quarantine(mapped.key, { fingerprint: `${mapped.fingerprint}:${known.rival ?? ''}`, problems }, before);
  }
  return quarantine(mapped.key, mapped, before);
}

function judgeGone(key: string, before: Standing | undefined): Judgement {
  if (before === undefined || before.fingerprint === goneFingerprint) return { verdict: 'none' };
  if (before.begun !== null) return { verdict: 'keep', keep: { kind: 'remove', key, state: 'held', before } };
  return { verdict: 'keep', keep: before.atRegion ? { kind: 'remove', key, state: 'open', before } : { kind: 'withdraw', key, before } };
}

function unchanged(before: Standing): Judgement {
  return { verdict: before.state === 'quarantined' ? 'still-quarantined' : 'same' };
}

function quarantine(key: string, bad: { fingerprint: string; problems: readonly Problem[] }, before: Standing | undefined): Judgement {
  if (before?.fingerprint === bad.fingerprint && before.state === 'quarantined') return { verdict: 'still-quarantined' };
  const { fingerprint, problems } = bad;
  return { verdict: 'keep', keep: { kind: 'quarantine', key, fingerprint, problems, before } };
}
