import type { Clock } from '../../src/port/clock.ts';
import type { Cursor } from '../../src/record/cursor.ts';

/** A time or a key as the database compares it; the empty text stands for the beginning. */
export type Mark = string | number;

/** Where reading stands: after this time and key, and within the rows without a time once `nullAfter` is there. */
export interface Position {
  readonly time: Mark;
  readonly key: Mark;
  readonly nullAfter?: Mark;
  /** The position to keep: rows read again do not move it back, and rows stamped in the future do not move it on. */
  readonly floor: RowMark;
}

/** A row's place in the order of reading. */
export interface RowMark {
  readonly time: Mark;
  readonly key: Mark;
}

export function readPosition(cursor: Cursor | null): Position {
  if (cursor === null) return { time: '', key: '', floor: { time: '', key: '' } };
  const { t = '', k = '', n, ft, fk } = JSON.parse(cursor) as { t?: Mark; k?: Mark; n?: Mark; ft?: Mark; fk?: Mark };
  return {
    time: t, key: k,
    ...(n === undefined ? {} : { nullAfter: n }),
    floor: ft === undefined || fk === undefined ? { time: t, key: k } : { time: ft, key: fk },
  };
}

export function writePosition({ time, key, nullAfter, floor }: Position): Cursor {
  return JSON.stringify({ t: time, k: key, n: nullAfter, ft: floor.time, fk: floor.key });
}

const clockText = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?/;

/** The position so many minutes earlier, for transactions that began early and committed late. */
export function rewound({ time, key, floor }: Position, minutes: number): Position {
  const parts = clockText.exec(String(time));
  if (parts === null) return { time, key, floor };
  const [year, month, day, hour, minute, second] = parts.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
  return { time: localText(Date.UTC(year, month - 1, day, hour, minute, second || 0) - minutes * 60_000), key: '', floor };
}

const zoneMs = 8 * 3_600_000;

/**
 * The position after these rows. What is to be kept goes on with them, but not with a row stamped in the future: it must
 * not carry the cursor past the rows that are still to come, and is read again until its time has come.
 */
export function advanced(position: Position, rows: readonly RowMark[], clock: Clock): Position {
  const last = rows.at(-1);
  if (last === undefined) return position;
  const now = nowText(clock);
  const told = rows.findLast((row) => !(row.time > now));
  return { ...position, ...last, floor: told === undefined || isAfter(position.floor, told) ? position.floor : told };
}

/** The cursor to keep. One that lies in the future, because the clock was put back, falls back to now. */
export function keepable({ floor }: Position, clock: Clock): Cursor {
  const now = nowText(clock);
  const { time, key } = floor.time > now ? { time: now, key: '' } : floor;
  return JSON.stringify({ t: time, k: key });
}

function isAfter(one: RowMark, other: RowMark): boolean {
  return one.time > other.time || (one.time === other.time && one.key > other.key);
}

function nowText(clock: Clock): string {
  return localText(clock.wallMs() + zoneMs);
}

function localText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
