import type { Cell, Row } from '../../src/record/change.ts';

/** The region's zone, in which rows say their times; China has one. */
export const regionZone = '+08:00';

const moment = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})((?:\.\d+)?)$/;

/** Minutes east of Greenwich of `+08:00`. */
export function zoneMinutes(zone: string): number {
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** A local time so many minutes later; what is no time of the calendar (`0000-00-00 00:00:00`, `infinity`) and a date alone stay as they are. */
export function shifted(text: string, minutes: number): string {
  const parts = moment.exec(text);
  if (parts === null) return text;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  at.setUTCHours(hour, minute, second);
  if (at.getUTCDate() !== day || at.getUTCHours() !== hour) return text;
  at.setUTCMinutes(at.getUTCMinutes() + minutes);
  const [date = '', time = ''] = at.toISOString().split('T');
  return /^\d{4}-/.test(date) ? `${date} ${time.slice(0, 8)}${parts[7]}` : text;
}

/** Rows with their times said in the region's zone; `isMoment` tells which columns hold times without a zone. */
export function inRegionZone(rows: readonly Row[], zone: string, isMoment: (column: string) => boolean): readonly Row[] {
  const minutes = zoneMinutes(regionZone) - zoneMinutes(zone);
  const [first] = rows;
  if (minutes === 0 || first === undefined) return rows;
  const columns = Object.keys(first).filter(isMoment);
  if (columns.length === 0) return rows;
  return rows.map((row) => ({ ...row, ...Object.fromEntries(columns.map((column) => [column, shiftedCell(row[column] ?? null, minutes)])) }));
}

function shiftedCell(cell: Cell, minutes: number): Cell {
  return typeof cell === 'string' ? shifted(cell, minutes) : cell;
}
