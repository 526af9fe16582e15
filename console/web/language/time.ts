import type { Words } from './words.ts';

const offsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;

/** `HH:mm`, with the day in front unless it is today; always +08:00, whatever the machine's zone. */
export function moment(at: number, now: number, words: Words): string {
  const time = iso(at).slice(11, 16);
  const days = dayOf(at) - dayOf(now);
  if (days === 0) return time;
  if (days === 1) return words.say('day.tomorrow', { time });
  if (days === -1) return words.say('day.yesterday', { time });
  return `${iso(at).slice(dayOf(at) > dayOf(now) - 180 ? 5 : 0, 10)} ${time}`;
}

/** `yyyy-MM-dd HH:mm:ss` in +08:00. */
export function fullTime(at: number): string {
  return iso(at).slice(0, 19).replace('T', ' ');
}

/** `yyyy-MM-dd` in +08:00. */
export function dateOf(at: number): string {
  return iso(at).slice(0, 10);
}

const units = [['days', 86_400, 172_800], ['hours', 3600, 3600], ['minutes', 60, 60], ['seconds', 1, 0]] as const;

/** A duration in the largest unit that fits; days from two days on. */
export function lasting(durationMs: number, words: Words): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const [unit, size] = units.find(([, , from]) => seconds >= from) ?? units[3];
  return words.say(`age.${unit}`, { count: Math.floor(seconds / size) });
}

function iso(at: number): string {
  return new Date(at + offsetMs).toISOString();
}

function dayOf(at: number): number {
  return Math.floor((at + offsetMs) / dayMs);
}
