export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** When something may be done. Several windows: whenever one of them is open. */
export interface WorkWindow {
  /** `workdays` and `days-off` go by the calendar: a Saturday made up for is a workday, a holiday is a day off. */
  readonly days: 'every' | 'workdays' | 'days-off' | readonly Weekday[];
  /** Minutes after midnight at which it opens. */
  readonly from: number;
  /** At which it closes; not later than `from`: on the next day. */
  readonly to: number;
}

/** Holidays, and the days on which they are made up for (调休), `yyyy-MM-dd`. */
export interface WorkCalendar {
  /** Years it says something about. */
  readonly years: readonly string[];
  readonly off: readonly string[];
  readonly work: readonly string[];
}
