import type { ColumnPlace } from '../mapping/dataset.ts';
import { plainName } from './identifier.ts';
import { nearest } from './nearest.ts';
import { text, type Reader } from './read.ts';

/** What the columns of a record may refer to. */
export interface Rows {
  readonly lookups: readonly string[];
  /** Whether each child row fills a record. */
  readonly each: boolean;
}

/** `column: X` or `column: lookup.X`. */
export function columnOf({ lookups }: Rows): Reader<ColumnPlace> {
  return place(lookups, 'row');
}

/** `parent: X` or `parent: lookup.X`; only under `each`. */
export function parentOf({ lookups, each }: Rows): Reader<ColumnPlace> {
  const read = place(lookups, 'main');
  return (spot) => (each ? read(spot) : spot.mistake('PARENT_WITHOUT_EACH'));
}

function place(lookups: readonly string[], of: 'row' | 'main'): Reader<ColumnPlace> {
  return (spot) => {
    const written = text(spot);
    if (written === undefined) return undefined;
    const [first = '', second, ...more] = written.split('.');
    const column = second ?? first;
    if (more.length > 0 || !plainName.test(column)) return spot.mistake('NAME_WRONG', { name: written.slice(0, 40) });
    if (second === undefined) return { of, lookup: '', column };
    if (!lookups.includes(first)) return spot.mistake('LOOKUP_UNKNOWN', { lookup: first, near: nearest(first, lookups) });
    return { of: 'lookup', lookup: first, column };
  };
}
