import type { Policy } from '../../api/calls.ts';

/** One number of the policy with its bounds, as the server's schema has them. */
export interface Bound {
  readonly name: Exclude<keyof Policy, 'secondFactor'>;
  readonly least: number;
  readonly most: number;
  readonly unit: 'characters' | 'kinds' | 'earlier' | 'days' | 'times' | 'minutes' | 'hours';
}

export const bounds: readonly Bound[] = [
  { name: 'minLength', least: 8, most: 64, unit: 'characters' },
  { name: 'classes', least: 3, most: 4, unit: 'kinds' },
  { name: 'history', least: 0, most: 24, unit: 'earlier' },
  { name: 'maxAgeDays', least: 1, most: 365, unit: 'days' },
  { name: 'failures', least: 3, most: 10, unit: 'times' },
  { name: 'failureWindowMinutes', least: 5, most: 60, unit: 'minutes' },
  { name: 'lockMinutes', least: 10, most: 1440, unit: 'minutes' },
  { name: 'addressFailures', least: 5, most: 200, unit: 'times' },
  { name: 'idleMinutes', least: 1, most: 30, unit: 'minutes' },
  { name: 'absoluteHours', least: 1, most: 12, unit: 'hours' },
  { name: 'idleDays', least: 7, most: 365, unit: 'days' },
];
