/** Timetables that counties use most; empty: only by hand. */
export const presets = [
  { key: 'fiveMinutes', cron: '*/5 * * * *' },
  { key: 'halfHour', cron: '*/30 * * * *' },
  { key: 'hour', cron: '0 * * * *' },
  { key: 'night', cron: '20 2 * * *' },
  { key: 'workdays', cron: '30 18 * * 1-5' },
  { key: 'byHand', cron: '' },
] as const;
