import type { Condition } from '../mapping/indicator.ts';
import type { WorkCalendar } from '../record/work-window.ts';

/** By what moments are judged: the year that is asked for, and the site's holidays; null: it has no calendar. */
export interface Times {
  readonly year: string;
  readonly calendar: WorkCalendar | null;
}

/** The values a record has in one of the fields of a condition. */
export type ValuesOf = (field: Condition['fields'][number]) => readonly (string | number)[];

/** Whether a record meets a condition: one value of one of its fields passes. `not` holds when no value is among those named. Pure. */
export function meets(condition: Condition, valuesOf: ValuesOf, { year, calendar }: Times): boolean {
  const { fields, take, is, not, contains, thisYear, outsideHours } = condition;
  const whole = fields.flatMap((field) => valuesOf(field).map(String));
  const values = take === undefined ? whole : whole.map((value) => value.slice(take.from - 1, take.to));
  if (is !== undefined) return values.some((value) => is.includes(value));
  if (not !== undefined) return values.length > 0 && values.every((value) => !not.includes(value));
  if (contains !== undefined) return values.some((value) => value.includes(contains));
  if (thisYear !== undefined) return values.some((value) => value.startsWith(year)) === thisYear;
  return outsideHours !== undefined && values.some((value) => isOutside(value, outsideHours, calendar));
}

/** Of `yyyy-MM-dd HH:mm:ss`; a date without a time is neither inside nor outside. A holiday has no working hours, a Saturday made up for has. */
function isOutside(moment: string, { weekdays, hours }: NonNullable<Condition['outsideHours']>, calendar: WorkCalendar | null): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}:\d{2})/.exec(moment);
  if (parts === null) return false;
  const [, year = '', month = '', day = '', time = ''] = parts;
  const weekday = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay() || 7;
  const open = hours.some((span) => time >= span.slice(0, 5) && time < span.slice(6));
  const date = moment.slice(0, 10);
  const worked = calendar?.work.includes(date) === true || (weekdays.includes(weekday) && calendar?.off.includes(date) !== true);
  return !worked || !open;
}
