import type { Clock } from '../../src/port/clock.ts';
import type { Cursor } from '../../src/record/cursor.ts';
import { stampOf, type Mark } from './stamp.ts';

export type { Mark };

/** Where reading stands: after this time and key, and within the rows without a time once `nullAfter` is there. */
export interface Position {
  readonly time: Mark;
  readonly key: Mark;
  readonly nullAfter?: Mark;
  /** The position to keep: rows read again do not move it back, and rows stamped in the future do not move it on. */
  readonly floor: RowMark;
  /** When this reading began, as the county's rows would be stamped; absent until its first page. */
  readonly began?: string;
}

/** A row's place in the order of reading. */
export interface RowMark {
  readonly time: Mark;
  readonly key: Mark;
}

export function readPosition(cursor: Cursor | null): Position {
  if (cursor === null) return { time: '', key: '', floor: { time: '', key: '' } };
  const { t = '', k = '', n, ft, fk, b } = JSON.parse(cursor) as { t?: Mark; k?: Mark; n?: Mark; ft?: Mark; fk?: Mark; b?: string };
  return {
    time: t, key: k,
    ...(n === undefined ? {} : { nullAfter: n }),
    ...(b === undefined ? {} : { began: b }),
    floor: ft === undefined || fk === undefined ? { time: t, key: k } : { time: ft, key: fk },
  };
}

export function writePosition({ time, key, nullAfter, floor, began }: Position): Cursor {
  return JSON.stringify({ t: time, k: key, n: nullAfter, ft: floor.time, fk: floor.key, b: began });
}

/** The position so many minutes earlier, written as it was, for transactions that began early and committed late. */
export function rewound({ time, key, floor }: Position, minutes: number): Position {
  const stamp = stampOf(time);
  return stamp === null ? { time, key, floor } : { time: stamp.write(stamp.ms - minutes * 60_000), key: '', floor };
}

/** What the time is at the county, whose clock its rows are stamped by. */
export interface CountyClock {
  readonly clock: Clock;
  /** Minutes east of Greenwich in which times without a zone are stored. */
  readonly zone: number;
}

/**
 * The position after these rows. What is to be kept goes on with them, but not with a row stamped in the future: it must
 * not carry the cursor past the rows that are still to come, and is read again until its time has come.
 */
export function advanced(position: Position, rows: readonly RowMark[], at: CountyClock): Position {
  const last = rows.at(-1);
  if (last === undefined) return position;
  const now = nowText(at);
  const told = rows.findLast((row) => !isLater(row.time, now));
  return { ...position, ...last, floor: told === undefined || isAfter(position.floor, told) ? position.floor : told };
}

/** The position with the moment at which its reading began. */
export function begun(position: Position, at: CountyClock): Position {
  return position.began === undefined ? { ...position, began: nowText(at) } : position;
}

/**
 * The cursor to keep. One that lies in the future, because the clock was put back, falls back to now. It never passes the
 * moment at which the reading began: while a long reading goes on, transactions commit behind its back, and the next one,
 * which begins the overlap before this cursor, must find them.
 */
export function keepable({ floor, began }: Position, at: CountyClock): Cursor {
  const now = nowText(at);
  const latest = began !== undefined && began < now ? began : now;
  const { time, key } = isLater(floor.time, latest) ? { time: inFormOf(floor.time, latest), key: '' } : floor;
  return JSON.stringify({ t: time, k: key });
}

/** Whether a mark lies beyond a moment, however it writes its times; what is no time is compared as it stands. */
function isLater(mark: Mark, moment: string): boolean {
  const stamp = stampOf(mark);
  if (stamp === null) return mark > moment;
  return stamp.sure && stamp.ms > (stampOf(moment)?.ms ?? 0);
}

function inFormOf(mark: Mark, moment: string): Mark {
  return stampOf(mark)?.write(stampOf(moment)?.ms ?? 0) ?? moment;
}

function isAfter(one: RowMark, other: RowMark): boolean {
  return one.time > other.time || (one.time === other.time && one.key > other.key);
}

function nowText({ clock, zone }: CountyClock): string {
  return localText(clock.wallMs() + zone * 60_000);
}

function localText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
