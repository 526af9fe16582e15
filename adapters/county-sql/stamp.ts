/** A time or a key as the database compares it; the empty text stands for the beginning. */
export type Mark = string | number;

/** A time as a column writes it: the moment it means, and how another moment is written the same way. */
export interface Stamp {
  /** Of the county's wall clock, read as if it stood at Greenwich. */
  readonly ms: number;
  readonly write: (ms: number) => Mark;
  /** Whether it is surely a time; a number may also be a counter, which no clock can be held against. */
  readonly sure: boolean;
}

const dashed = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?/;
const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?(?:\d{3})?$/;

/** What a mark says, by the forms counties use: `2026-11-20 08:00:00`, `2026-11-20`, `20261120080000`, `20261120`, seconds or milliseconds since 1970; null for any other. */
export function stampOf(mark: Mark): Stamp | null {
  const text = String(mark);
  const [form, parts] = dashed.test(text) ? [written, dashed.exec(text)] as const : [squeezed, compact.exec(text)] as const;
  if (parts !== null && isDay(parts)) {
    const length = parts[4] === undefined ? 'day' : 'time';
    return { ms: momentOf(parts), sure: true, write: (ms) => (typeof mark === 'number' ? Number(form(ms, length)) : form(ms, length)) };
  }
  const unit = /^\d{10}$/.test(text) ? 1000 : /^\d{13}$/.test(text) ? 1 : null;
  if (unit === null) return null;
  return { ms: Number(text) * unit, sure: false, write: (ms) => (typeof mark === 'number' ? Math.round(ms / unit) : String(Math.round(ms / unit))) };
}

function isDay(parts: RegExpExecArray): boolean {
  const [month, day, hour] = [Number(parts[2]), Number(parts[3]), Number(parts[4] ?? 0)];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24;
}

function momentOf(parts: RegExpExecArray): number {
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function written(ms: number, length: 'day' | 'time'): string {
  return new Date(ms).toISOString().slice(0, length === 'day' ? 10 : 19).replace('T', ' ');
}

function squeezed(ms: number, length: 'day' | 'time'): string {
  return written(ms, length).replace(/\D/g, '');
}
