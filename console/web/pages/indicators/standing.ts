import type { Indicator } from '../../api/calls.ts';

/** How a figure stands against the one that was published; `plain` where nothing was. */
export function standing(one: Pick<Indicator, 'value' | 'target'>): 'same' | 'other' | 'unknown' | 'plain' {
  if (one.value === null) return 'unknown';
  if (one.target === null) return 'plain';
  return one.value === one.target ? 'same' : 'other';
}

/** A value with its unit; percentages never rounded up. */
export function shownValue(value: number, unit: string): string {
  if (unit === '%') return `${Math.floor(value * 100) / 100}%`;
  return `${value.toLocaleString('en-US', { maximumFractionDigits: 2 })}${unit === '' ? '' : ` ${unit}`}`;
}
