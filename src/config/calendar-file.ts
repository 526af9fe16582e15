import type { WorkCalendar } from '../record/work-window.ts';
import { block, may, must } from './read-block.ts';
import { list, named, text, type Reader } from './read.ts';

const dayMs = 86_400_000;

/** `2026-10-01`, or `2026-10-01/2026-10-07` for all the days from one to another, of the year it stands under. */
function daysOf(year: string): Reader<readonly string[]> {
  return (spot) => {
    const written = text(spot);
    if (written === undefined) return undefined;
    const [from = '', to = from, ...more] = written.split('/');
    const [first, last] = [dayNumber(from), dayNumber(to)];
    if (more.length > 0 || first === null || last === null || last < first || last - first > 31 || !from.startsWith(`${year}-`) || !to.startsWith(`${year}-`)) {
      return spot.mistake('DAYS_WRONG', { days: written, year });
    }
    return Array.from({ length: last - first + 1 }, (_, at) => new Date((first + at) * dayMs).toISOString().slice(0, 10));
  };
}

function dayNumber(written: string): number | null {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(written) ? Date.parse(`${written}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== written ? null : ms / dayMs;
}

/** A calendar file: by year, which days are off and which are worked although they are a Saturday or a Sunday. */
export const calendarFile: Reader<WorkCalendar> = (spot) => {
  const found = block({
    years: must(named((year) => block({ source: must(text), off: must(list(daysOf(year))), work: may(list(daysOf(year), 0)) }))),
  })(spot);
  if (found === undefined) return undefined;
  const all = Object.values(found.years);
  return { years: Object.keys(found.years), off: all.flatMap(({ off }) => off.flat()), work: all.flatMap(({ work = [] }) => work.flat()) };
};
