import type { ColumnPlace } from '../mapping/dataset.ts';
import { plainName } from './identifier.ts';
import { nearest } from './nearest.ts';
import { text, type Reader } from './read.ts';

/** What the columns of a record may refer to. */
export interface Rows {
  readonly lookups: readonly string[];
  /** Whether each child row fills a record. */
  readonly each: boolean;
  /** Whether those rows are pairs, so that `ending.X` means something. */
  readonly paired: boolean;
}

/** `column: X`, `column: lookup.X`, or `column: ending.X` where child rows are pairs. */
export function columnOf({ lookups, paired }: Rows): Reader<ColumnPlace> {
  return place(lookups, 'row', paired);
}

/** `parent: X` or `parent: lookup.X`; only under `each`. */
export function parentOf({ lookups, each }: Rows): Reader<ColumnPlace> {
  const read = place(lookups, 'main');
  return (spot) => (each ? read(spot) : spot.mistake('PARENT_WITHOUT_EACH'));
}

function place(lookups: readonly string[], of: 'row' | 'main', paired = false): Reader<ColumnPlace> {
  return (spot) => {
    const written = text(spot);
    if (written === undefined) return undefined;
    const [first = '', second, ...more] = written.split('.');
    const column = second ?? first;
    if (more.length > 0 || !plainName.test(column)) return spot.mistake('NAME_WRONG', { name: written.slice(0, 40) });
    if (second === undefined) return { of, lookup: '', column };
    if (paired && first === 'ending') return { of: 'ending', lookup: '', column };
    if (!lookups.includes(first)) return spot.mistake('LOOKUP_UNKNOWN', { lookup: first, near: nearest(first, lookups) });
    return { of: 'lookup', lookup: first, column };
  };
}
