import type { Clock } from '../../src/port/clock.ts';
import type { Page, Selection, Source } from '../../src/port/source.ts';
import type { Cell, Change, Row } from '../../src/record/change.ts';
import type { Cursor } from '../../src/record/cursor.ts';

/** A county's tables as plain rows, by table name. */
export type Tables = Record<string, Row[]>;

/** `ft`, `fk`: the last row read that is not stamped in the future; what is kept. */
interface Place { readonly t: string; readonly k: string; readonly nulls?: string; readonly ft: string; readonly fk: string; readonly began?: string }

/** A county in memory, with the promises of a real source: keyset pages, rewinding, rows without a time, rows stamped in the future. */
export function sourceInMemory(tables: Tables, clock: Clock): Source {
  const rowsOf = (selection: Selection): Row[] => (tables[selection.table] ?? [])
    .filter((row) => Object.entries(selection.where ?? {}).every(([column, values]) => values.includes(String(row[column]))));
  const page = (selection: Selection, found: { rows: Row[]; limit: number; next: (last: Row | undefined, full: boolean) => Place; caughtUp: boolean }): Page => {
    const rows = found.rows.slice(0, found.limit);
    const next = found.next(rows.at(-1), rows.length === found.limit);
    return {
      changes: rows.map((row) => withKin(tables, selection, row)), cursor: JSON.stringify(keepable(next, clock)), resume: JSON.stringify(next),
      caughtUp: found.caughtUp && rows.length < found.limit,
    };
  };
  return {
    changes: async (selection, cursor, limit) => {
      const time = selection.time ?? '';
      const place = { began: nowText(clock), ...read(cursor) };
      const key = (row: Row): string => String(row[selection.key]);
      if (place.nulls !== undefined) {
        const after = place.nulls;
        const rows = rowsOf(selection).filter((row) => row[time] === null && key(row) > after).toSorted((a, b) => compare(key(a), key(b)));
        return page(selection, { rows, limit, caughtUp: true, next: (last) => ({ ...place, nulls: last === undefined ? after : key(last) }) });
      }
      const at = (row: Row): string => String(row[time]);
      const rows = rowsOf(selection)
        .filter((row) => row[time] !== null && (at(row) > place.t || (at(row) === place.t && key(row) > place.k)))
        .toSorted((a, b) => compare(at(a), at(b)) || compare(key(a), key(b)));
      const told = (seen: Row[]): Pick<Place, 'ft' | 'fk'> => {
        const last = seen.findLast((row) => at(row) <= nowText(clock));
        const back = last === undefined || place.ft > at(last) || (place.ft === at(last) && place.fk > key(last));
        return back ? { ft: place.ft, fk: place.fk } : { ft: at(last), fk: key(last) };
      };
      return page(selection, {
        rows, limit, caughtUp: false,
        next: (last, full) => ({ ...place, ...(last === undefined ? {} : { t: at(last), k: key(last) }), ...told(rows.slice(0, limit)), ...(full ? {} : { nulls: '' }) }),
      });
    },
    sweep: async (selection, cursor, limit) => {
      const after = read(cursor).k;
      const key = (row: Row): string => String(row[selection.key]);
      const rows = rowsOf(selection).filter((row) => key(row) > after).toSorted((a, b) => compare(key(a), key(b)));
      return page(selection, { rows, limit, caughtUp: true, next: (last) => ({ t: '', k: last === undefined ? after : key(last), ft: '', fk: '' }) });
    },
    one: async (selection, key) => {
      const row = rowsOf(selection).find((one) => String(one[selection.key]) === key);
      return row === undefined ? { state: 'gone', key } : withKin(tables, selection, row);
    },
    rewind: (cursor, minutes) => {
      const place = read(cursor);
      const ms = Date.parse(`${place.t.replace(' ', 'T')}Z`) - minutes * 60_000;
      return JSON.stringify(Number.isNaN(ms) ? place : { ...place, t: textOf(ms), k: '' });
    },
    behind: async (selection, cursor) => {
      const { t } = read(cursor);
      return selection.time !== undefined && t !== '' && !rowsOf(selection).some((row) => String(row[selection.time ?? ''] ?? '') >= t);
    },
    sample: async (table, limit) => (tables[table] ?? []).slice(0, limit),
    describe: async () => Object.entries(tables).map(([table, rows]) => ({
      table, rows: rows.length, columns: Object.keys(rows[0] ?? {}).map((name) => ({ name, type: 'TEXT', nullable: true })),
    })),
    close: async () => undefined,
  };
}

function withKin(tables: Tables, selection: Selection, row: Row): Change {
  const pick = (from: Row, names: readonly string[]): Row => Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  const { key, time, columns, lookups } = selection;
  const children = Object.fromEntries(selection.children.map((child) => [child.name, (tables[child.table] ?? [])
    .filter((one) => String(one[child.parent]) === String(row[child.by ?? key]))
    .toSorted((a, b) => child.order.reduce((sum, name) => sum || compare(a[name] ?? null, b[name] ?? null), 0))
    .map((one) => pick(one, [child.parent, ...child.order, ...child.columns]))]));
  const found = lookups.map((lookup) => {
    const [target, ...others] = (tables[lookup.table] ?? []).filter((one) => String(one[lookup.key]) === String(row[lookup.by]));
    return { name: lookup.name, several: others.length > 0, row: target === undefined || others.length > 0 ? undefined : pick(target, [lookup.key, ...lookup.columns]) };
  });
  const ambiguous = found.filter((one) => one.several).map((one) => one.name);
  return {
    state: 'present', key: String(row[key]), children, lookups: Object.fromEntries(found.map((one) => [one.name, one.row])), ...(ambiguous.length === 0 ? {} : { ambiguous }),
    row: pick(row, [key, ...(time === undefined ? [] : [time]), ...columns, ...lookups.map((lookup) => lookup.by), ...selection.children.map((child) => child.by ?? key)]),
  };
}

/** Never beyond the moment at which the reading began. */
function keepable({ ft, fk, began = '9' }: Place, clock: Clock): Pick<Place, 't' | 'k'> {
  const now = began < nowText(clock) ? began : nowText(clock);
  return ft > now ? { t: now, k: '' } : { t: ft, k: fk };
}

function read(cursor: Cursor | null): Place {
  const { t, k, ...more } = cursor === null ? { t: '', k: '' } : JSON.parse(cursor) as Place;
  return { t, k, ft: t, fk: k, ...more };
}

function nowText(clock: Clock): string {
  return textOf(clock.wallMs() + 8 * 3_600_000);
}

function textOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

function compare(a: Cell, b: Cell): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
