import { weekdays, type WorkCalendar, type WorkWindow } from '../record/work-window.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Nobody waits longer than the longest holiday. */
const furthestDays = 40;

/** What windows are held against. */
export interface WorkTime {
  readonly windows: readonly WorkWindow[];
  readonly calendar: WorkCalendar | null;
  /** Minutes east of Greenwich. */
  readonly zoneMinutes: number;
}

/** Milliseconds until a window opens; 0 while one is open, or where there is none that could be shut. */
export function opensInMs({ windows, calendar, zoneMinutes }: WorkTime, wallMs: number): number {
  if (windows.length === 0) return 0;
  const localMs = wallMs + zoneMinutes * minuteMs;
  const today = Math.floor(localMs / dayMs);
  const openings = windows.flatMap((window) => {
    const days = Array.from({ length: furthestDays + 1 }, (_, at) => today - 1 + at).filter((day) => isDay(window, day, calendar));
    return days.map((day) => span(window, day)).filter(({ end }) => end > localMs).slice(0, 1);
  });
  const first = Math.min(...openings.map(({ begin }) => begin));
  return Number.isFinite(first) ? Math.max(0, first - localMs) : furthestDays * dayMs;
}

/** Milliseconds until no window is open any more; null when there is no window, or they never all close. */
export function closesInMs(time: WorkTime, wallMs: number): number | null {
  if (time.windows.length === 0) return null;
  const localMs = wallMs + time.zoneMinutes * minuteMs;
  let until = localMs;
  for (let step = 0; step < furthestDays * 2; step += 1) {
    const today = Math.floor(until / dayMs);
    const ends = time.windows.flatMap((window) => [today - 1, today].filter((day) => isDay(window, day, time.calendar))
      .map((day) => span(window, day)).filter(({ begin, end }) => begin <= until && end > until).map(({ end }) => end));
    if (ends.length === 0) return until - localMs;
    until = Math.max(...ends);
  }
  return null;
}

/** Whether these windows go by a calendar that says nothing of this year: then Monday to Friday are worked. */
export function calendarEnded({ windows, calendar, zoneMinutes }: WorkTime, wallMs: number): boolean {
  const year = new Date(wallMs + zoneMinutes * minuteMs).toISOString().slice(0, 4);
  return windows.some(({ days }) => days === 'workdays' || days === 'days-off') && calendar?.years.includes(year) !== true;
}

function span({ from, to }: WorkWindow, day: number): { readonly begin: number; readonly end: number } {
  return { begin: day * dayMs + from * minuteMs, end: day * dayMs + (to > from ? to : to + 1_440) * minuteMs };
}

/** Whether the window opens on this day, counted from 1970. */
function isDay({ days }: WorkWindow, day: number, calendar: WorkCalendar | null): boolean {
  if (days === 'every') return true;
  const weekday = (day + 3) % 7;
  if (days !== 'workdays' && days !== 'days-off') return days.some((one) => one === weekdays[weekday]);
  const date = new Date(day * dayMs).toISOString().slice(0, 10);
  const worked = calendar?.work.includes(date) === true || (weekday < 5 && calendar?.off.includes(date) !== true);
  return worked === (days === 'workdays');
}
