import type { Texts } from '../../src/cli/texts.ts';

const offsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;

/** `HH:mm`, with the day in front unless it is today; always +08:00, whatever the machine's zone. */
export function moment(at: number, now: number, texts: Texts): string {
  const time = clockTime(at).slice(0, 5);
  const days = dayOf(at) - dayOf(now);
  if (days === 0) return time;
  if (days === 1) return texts.say('console.day.tomorrow', { time });
  if (days === -1) return texts.say('console.day.yesterday', { time });
  return `${iso(at).slice(dayOf(at) > dayOf(now) - 180 ? 5 : 0, 10)} ${time}`;
}

/** `yyyy-MM-dd HH:mm:ss` in +08:00. */
export function fullTime(at: number): string {
  return `${iso(at).slice(0, 10)} ${clockTime(at)}`;
}

const units = [['days', 86_400, 172_800], ['hours', 3600, 3600], ['minutes', 60, 60], ['seconds', 1, 0]] as const;

/** A duration in the largest unit that fits; days from two days on. */
export function age(durationMs: number, texts: Texts): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const [unit, size] = units.find(([, , from]) => seconds >= from) ?? units[3];
  return texts.say(`console.age.${unit}`, { count: Math.floor(seconds / size) });
}

function iso(at: number): string {
  return new Date(at + offsetMs).toISOString();
}

function clockTime(at: number): string {
  return iso(at).slice(11, 19);
}

function dayOf(at: number): number {
  return Math.floor((at + offsetMs) / dayMs);
}
