import { text, type Reader } from './read.ts';

const fields: readonly { readonly name: string; readonly least: number; readonly most: number }[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12 },
  { name: 'weekday', least: 0, most: 7 },
];

/** Most days each month can have. */
const longest: readonly number[] = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Five cron fields (`*`, numbers, ranges, steps, lists) that some minute of some year meets. */
export const cron: Reader<string> = (spot) => {
  const line = text(spot);
  if (line === undefined) return undefined;
  const written = line.trim().split(/\s+/);
  if (written.length !== fields.length) return spot.mistake('CRON_WRONG', { cron: line, part: line });
  const sets = written.map((part, at) => valuesOf(part, fields[at]));
  const wrong = sets.findIndex((set) => set === null);
  if (wrong >= 0) return spot.mistake('CRON_WRONG', { cron: line, part: written[wrong] ?? '' });
  const [, , days = null, months = null] = sets;
  const everyWeekday = written[4] === '*';
  const possible = !everyWeekday || (months ?? []).some((month) => (days ?? []).some((day) => day <= (longest[month] ?? 0)));
  return possible ? line : spot.mistake('CRON_NEVER', { cron: line });
};

/** The values of the five fields of a line that can be read; null when it cannot. */
export function cronValues(line: string): readonly (readonly number[])[] | null {
  const written = line.trim().split(/\s+/);
  const sets = written.map((part, at) => valuesOf(part, fields[at]));
  return written.length === fields.length && sets.every((set) => set !== null) ? sets : null;
}

function valuesOf(part: string, bounds: (typeof fields)[number] | undefined): readonly number[] | null {
  if (bounds === undefined) return null;
  const all = part.split(',').map((piece) => pieceValues(piece, bounds));
  return all.every((values) => values !== null) ? all.flat() : null;
}

function pieceValues(piece: string, { least, most }: (typeof fields)[number]): readonly number[] | null {
  const found = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(piece);
  if (found === null) return null;
  const step = Number(found[3] ?? 1);
  const from = Number(found[1] ?? least);
  const to = Number(found[2] ?? (found[1] === undefined || found[3] !== undefined ? most : from));
  if (step < 1 || from < least || to > most || from > to) return null;
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) => from + at * step);
}
