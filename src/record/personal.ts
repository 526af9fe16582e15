/** How a text is shown to whoever looks: `name` keeps the first character, `ends` the first and the last, `phone` the first and the last two, `tail` the last four, `hidden` nothing but the length. */
export interface FieldMask {
  readonly as: 'name' | 'ends' | 'phone' | 'tail' | 'hidden';
  readonly class: 'personal' | 'sensitive';
}

/** What of the region's fields is about persons, by `table.field`. A text in neither is masked. */
export interface Personal {
  readonly plain: ReadonlySet<string>;
  readonly masks: ReadonlyMap<string, FieldMask>;
  /** Fields that say who holds or applies, and by which number. */
  readonly holderNames: readonly { readonly table: string; readonly field: string }[];
  readonly holderNumbers: readonly { readonly table: string; readonly field: string }[];
}

/** What holds where a profile does not say: every text is masked. */
export const nothingPlain: Personal = { plain: new Set(), masks: new Map(), holderNames: [], holderNumbers: [] };

/** A text as it may be shown. */
export function maskedText(text: string, how: FieldMask['as'] | 'first'): string {
  const signs = [...text];
  const stars = (count: number): string => '*'.repeat(Math.max(count, 1));
  switch (how) {
    case 'name': return signs.length < 2 ? '*' : `${signs[0] ?? ''}${stars(signs.length - 1)}`;
    case 'ends': return signs.length < 3 ? stars(signs.length) : `${signs[0] ?? ''}${stars(signs.length - 2)}${signs.at(-1) ?? ''}`;
    case 'phone': return signs.length < 7 ? stars(signs.length) : `${signs[0] ?? ''}${stars(signs.length - 3)}${signs.slice(-2).join('')}`;
    case 'tail': return signs.length < 9 ? stars(signs.length) : `${stars(signs.length - 4)}${signs.slice(-4).join('')}`;
    case 'hidden': return `…(${signs.length})`;
    case 'first': return signs.length < 2 ? '…' : `${signs[0] ?? ''}…(${signs.length})`;
  }
}
