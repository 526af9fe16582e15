import type { Receipt } from '../../src/record/receipt.ts';
import type { Dice } from './dice.ts';

/** What can go wrong with one call to the region. */
export type Illness =
  | 'well' | 'lost-before' | 'lost-after' | 'slow-commit' | 'later' | 'denied'
  | 'receipts-short' | 'receipts-long' | 'receipts-foreign' | 'receipts-twice' | 'receipts-shuffled' | 'throttled-long';

export const illnesses: readonly Exclude<Illness, 'well'>[] = [
  'lost-before', 'lost-after', 'slow-commit', 'later', 'denied',
  'receipts-short', 'receipts-long', 'receipts-foreign', 'receipts-twice', 'receipts-shuffled', 'throttled-long',
];

/** How the region is at present: which illnesses, how often, and how long it takes. */
export interface Weather {
  readonly kinds: readonly Exclude<Illness, 'well'>[];
  readonly share: number;
  readonly latencyMs: number;
}

export const calm: Weather = { kinds: [], share: 0, latencyMs: 20 };

/** Few kinds at a time: faults that always come together hide each other. */
export function weatherOf(dice: Dice, kinds: readonly Exclude<Illness, 'well'>[]): Weather {
  const latencyMs = dice.pick([0, 20, 60, 2_000]);
  if (kinds.length === 0 || dice.chance(0.3)) return { ...calm, latencyMs };
  return { kinds: dice.chance(0.3) ? [dice.pick(kinds)] : kinds, share: dice.pick([0.15, 0.4, 0.8, 1]), latencyMs };
}

export function illnessOf({ kinds, share }: Weather, dice: Dice): Illness {
  return kinds.length > 0 && dice.chance(share) ? dice.pick(kinds) : 'well';
}

/** Receipts as a sick region gives them. Only the shuffled ones may be believed. */
export function garbled(receipts: readonly Receipt[], illness: Illness): readonly Receipt[] {
  const [first] = receipts;
  if (first === undefined) return receipts;
  switch (illness) {
    case 'receipts-short': return receipts.slice(1);
    case 'receipts-long': return [...receipts, { ...first, rowGuid: `${first.rowGuid}x` }];
    case 'receipts-foreign': return [{ ...first, rowGuid: `${first.rowGuid}x` }, ...receipts.slice(1)];
    case 'receipts-twice': return receipts.length > 1 ? [...receipts.slice(1), receipts[1] ?? first] : [first, first];
    case 'receipts-shuffled': return receipts.toReversed();
    default: return receipts;
  }
}
