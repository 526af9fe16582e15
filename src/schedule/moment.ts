import { patternWriter, type Moment } from '../mapping/date-pattern.ts';

export { zoneMinutes } from './zone.ts';

/** A moment in local time, by a pattern of the mapping language. */
export function writtenMoment(wallMs: number, zoneMinutes: number, pattern: string): string {
  return patternWriter(pattern)(momentOf(wallMs, zoneMinutes));
}

/** Milliseconds since 1970 of a local `yyyy-MM-dd HH:mm:ss`; null when it is none. */
export function momentRead(text: string, zoneMinutes: number): number | null {
  const at = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text) ? Date.parse(`${text.replace(' ', 'T')}Z`) : Number.NaN;
  return Number.isNaN(at) ? null : at - zoneMinutes * 60_000;
}

function momentOf(wallMs: number, zoneMinutes: number): Moment {
  const at = new Date(wallMs + zoneMinutes * 60_000);
  return {
    year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds(), milli: at.getUTCMilliseconds(),
  };
}
