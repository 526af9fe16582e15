import { cronValues } from '../config/cron.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Beyond so many days nobody looks; a 29 February comes within eight years. */
const furthestDays = 8 * 366;

/** The next times of a timetable in a zone without summer time, milliseconds since 1970; all five fields must fit, as the clock that starts the jobs has it. */
export function nextTimes(cron: string, about: { readonly after: number; readonly zoneMinutes: number; readonly count: number }): readonly number[] {
  const [minutes, hours, days, months, weekdays] = cronValues(cron) ?? [];
  if (minutes === undefined || hours === undefined || days === undefined || months === undefined || weekdays === undefined) return [];
  const shift = about.zoneMinutes * minuteMs;
  const times = hours.flatMap((hour) => minutes.map((minute) => (hour * 60 + minute) * minuteMs)).toSorted((one, other) => one - other);
  const found: number[] = [];
  const first = Math.floor((about.after + shift) / dayMs);
  for (let day = first; day < first + furthestDays && found.length < about.count; day += 1) {
    const date = new Date(day * dayMs);
    const weekday = date.getUTCDay();
    if (!days.includes(date.getUTCDate()) || !months.includes(date.getUTCMonth() + 1) || !(weekdays.includes(weekday) || (weekday === 0 && weekdays.includes(7)))) continue;
    for (const time of times) if (day * dayMs + time - shift > about.after) found.push(day * dayMs + time - shift);
  }
  return found.slice(0, about.count);
}
