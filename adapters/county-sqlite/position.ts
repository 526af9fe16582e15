import type { Clock } from '../../src/port/clock.ts';
import type { Cursor } from '../../src/record/cursor.ts';

/** Where reading stands: after this time and key, and within the rows without a time once `nullAfter` is there. */
export interface Position {
  readonly time: string;
  readonly key: string;
  readonly nullAfter?: string;
}

export function readPosition(cursor: Cursor | null): Position {
  if (cursor === null) return { time: '', key: '' };
  const { t = '', k = '', n } = JSON.parse(cursor) as { t?: string; k?: string; n?: string };
  return n === undefined ? { time: t, key: k } : { time: t, key: k, nullAfter: n };
}

export function writePosition({ time, key, nullAfter }: Position): Cursor {
  return JSON.stringify(nullAfter === undefined ? { t: time, k: key } : { t: time, k: key, n: nullAfter });
}

const clockText = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?/;

/** The position so many minutes earlier, for transactions that began early and committed late. */
export function rewound({ time }: Position, minutes: number): Position {
  const parts = clockText.exec(time);
  if (parts === null) return { time, key: '' };
  const [year, month, day, hour, minute, second] = parts.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
  return { time: localText(Date.UTC(year, month - 1, day, hour, minute, second || 0) - minutes * 60_000), key: '' };
}

const aheadMs = 86_400_000;
const zoneMs = 8 * 3_600_000;

/** A row stamped in the future must not carry the cursor past the rows that are still to come. */
export function clamped(position: Position, clock: Clock): Position {
  const latest = localText(clock.wallMs() + zoneMs + aheadMs);
  return position.time > latest ? { ...position, time: latest, key: '' } : position;
}

function localText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
