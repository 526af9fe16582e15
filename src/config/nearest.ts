/** The known name most like the one written, when it is like enough to be meant; otherwise the known names themselves, the first twelve. */
export function nearest(written: string, known: Iterable<string>): string {
  const names = [...known];
  const alike = names.filter((name) => Math.abs(name.length - written.length) <= allowance(name));
  const ranked = alike.map((name) => ({ name, away: distance(written.toLowerCase(), name.toLowerCase()) })).toSorted((a, b) => a.away - b.away);
  const [best] = ranked;
  if (best !== undefined && best.away <= allowance(best.name)) return best.name;
  return names.slice(0, 12).join(' | ') + (names.length > 12 ? ' | …' : '');
}

/** How many letters a name may be away and still be meant. */
function allowance(name: string): number {
  return Math.max(1, Math.floor(name.length / 3));
}

/** Letters to insert, take out, exchange or swap with a neighbour (Damerau). */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)));
  const cell = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const other = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cell(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      const row = rows[i];
      if (row !== undefined) row[j] = Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + other, swapped);
    }
  }
  return cell(a.length, b.length);
}
