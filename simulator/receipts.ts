import { flagOf, numberOf } from './illness.ts';
import type { Illness } from './illness.ts';

/** What the region says about one record: code 0 accepted, 1 accepted with a warning, 2 refused, 3 there already. */
export interface UpReceipt {
  readonly rowGuid: string;
  readonly code: '0' | '1' | '2' | '3';
  readonly field?: string;
  readonly message?: string;
}

/** The receipts as an ill region hands them out; what is stored stays as it was. */
export function ailing<T extends { readonly rowGuid?: unknown }>(receipts: readonly T[], struck: readonly Illness[]): readonly T[] {
  return struck.reduce<readonly T[]>(distort, receipts);
}

function distort<T extends { readonly rowGuid?: unknown }>(receipts: readonly T[], illness: Illness): readonly T[] {
  const count = numberOf(illness, 'count', 1);
  switch (illness.kind) {
    case 'receipts-shuffled':
      return receipts.toReversed();
    case 'receipts-duplicated':
      return [...receipts, ...receipts.slice(0, count)];
    case 'receipts-missing':
      return receipts.slice(0, Math.max(0, receipts.length - count));
    case 'receipts-foreign': {
      const strangers = receipts.slice(0, count).map((receipt, at) => ({ ...receipt, rowGuid: `nobody-sent-this-${at + 1}` }));
      return flagOf(illness, 'added', false) ? [...receipts, ...strangers] : [...strangers, ...receipts.slice(count)];
    }
    default:
      return receipts;
  }
}
