import type { Clock } from '../../src/port/clock.ts';
import type { Cursor } from '../../src/record/cursor.ts';

/** A time or a key as the database compares it; the empty text stands for the beginning. */
export type Mark = string | number;

/** Where reading stands: after this time and key, and within the rows without a time once `nullAfter` is there. */
export interface Position {
  readonly time: Mark;
  readonly key: Mark;
  readonly nullAfter?: Mark;
  /** While rows are read again: the position reading had reached before, below which the kept cursor never falls. */
  readonly floor?: { readonly time: Mark; readonly key: Mark };
}

export function readPosition(cursor: Cursor | null): Position {
  if (cursor === null) return { time: '', key: '' };
  const { t = '', k = '', n, ft, fk } = JSON.parse(cursor) as { t?: Mark; k?: Mark; n?: Mark; ft?: Mark; fk?: Mark };
  return {
    time: t, key: k,
    ...(n === undefined ? {} : { nullAfter: n }),
    ...(ft === undefined || fk === undefined ? {} : { floor: { time: ft, key: fk } }),
  };
}

export function writePosition({ time, key, nullAfter, floor }: Position): Cursor {
  return JSON.stringify({ t: time, k: key, n: nullAfter, ft: floor?.time, fk: floor?.key });
}

const clockText = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?/;

/** The position so many minutes earlier, for transactions that began early and committed late. */
export function rewound({ time, key }: Position, minutes: number): Position {
  const parts = clockText.exec(String(time));
  const floor = { time, key };
  if (parts === null) return { time, key, floor };
  const [year, month, day, hour, minute, second] = parts.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
  return { time: localText(Date.UTC(year, month - 1, day, hour, minute, second || 0) - minutes * 60_000), key: '', floor };
}

const aheadMs = 86_400_000;
const zoneMs = 8 * 3_600_000;

/**
 * The position to keep: not below where reading had been before, and not beyond tomorrow, because a row stamped in the
 * future must not carry the cursor past the rows that are still to come.
 */
export function keepable(position: Position, clock: Clock): Position {
  const { floor } = position;
  const latest = localText(clock.wallMs() + zoneMs + aheadMs);
  const reached = floor !== undefined && (floor.time > position.time || (floor.time === position.time && floor.key > position.key))
    ? floor
    : { time: position.time, key: position.key };
  return reached.time > latest ? { time: latest, key: '' } : reached;
}

function localText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
