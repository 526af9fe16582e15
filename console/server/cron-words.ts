import { cronValues } from '../../src/config/cron.ts';
import type { Texts } from '../../src/cli/texts.ts';

/** A timetable in words; what has no short words comes back as it is written. */
export function cronWords(cron: string, texts: Texts): string {
  const [minutes = [], hours = [], days = [], months = [], weekdays = []] = cronValues(cron) ?? [];
  const say = (key: string, facts: Readonly<Record<string, string | number>> = {}): string => texts.say(`console.cron.${key}`, facts);
  const when = timesIn(minutes, hours, say);
  if (when === null) return cron;
  const parts = [
    months.length === 12 ? '' : say('months', { months: months.join('、') }),
    days.length === 31 ? '' : say(months.length === 12 ? 'daysOfEach' : 'days', { days: days.join('、') }),
    new Set(weekdays.map((day) => day % 7)).size === 7 ? '' : say('weekdays', { days: [...new Set(weekdays.map((day) => day % 7))].map((day) => say(`weekday.${day}`)).join('、') }),
  ].filter((part) => part !== '');
  const daily = parts.length === 0 && hours.length <= 4 && minutes.length <= 4 ? say('daily') : parts.join('');
  return `${daily}${when}`;
}

function timesIn(minutes: readonly number[], hours: readonly number[], say: (key: string, facts?: Readonly<Record<string, string | number>>) => string): string | null {
  const step = stepOf(minutes, 60);
  if (hours.length === 24) return step === null ? (minutes.length === 1 ? say('hourly', { minute: minutes[0] ?? 0 }) : null) : say(step === 1 ? 'everyMinute' : 'everyMinutes', { minutes: step });
  if (step !== null && isSpan(hours)) return say('between', { from: hours[0] ?? 0, to: hours.at(-1) ?? 0, minutes: step });
  if (minutes.length * hours.length > 4) return null;
  return hours.flatMap((hour) => minutes.map((minute) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)).join('、');
}

/** `0, 5, 10 …` is 5; null when they are not evenly spread over the hour. */
function stepOf(values: readonly number[], most: number): number | null {
  const step = most / values.length;
  return values.length > 1 && Number.isInteger(step) && values.every((value, at) => value === (values[0] ?? 0) + at * step) ? step : null;
}

function isSpan(values: readonly number[]): boolean {
  return values.length > 1 && values.every((value, at) => value === (values[0] ?? 0) + at);
}
