import type { Calls, Passing, Quality } from '../../api/calls.ts';

export type DatasetLine = Passing & { readonly dataset: string; readonly title: string };
export type DepartmentLine = Passing & { readonly dataset: string; readonly department: string | null };
export interface RuleLine {
  readonly code: string;
  readonly title: string;
  readonly dataset: string;
  readonly field: string;
  readonly rule: string;
  readonly severity: 'refuse' | 'warn' | 'note';
  readonly records: number;
  readonly alone: number | null;
}
export interface DayLine {
  readonly dataset: string;
  readonly day: string;
  readonly kept: number;
  readonly refused: number;
}

/** The quality answer with the names of its lines. */
export interface QualityShown {
  readonly at: number;
  readonly datasets: readonly DatasetLine[];
  readonly departments: readonly DepartmentLine[];
  readonly rules: readonly RuleLine[];
  readonly days: readonly DayLine[];
}

/** The answer as pages read it. */
export function shownOf(quality: Quality): QualityShown {
  return quality as unknown as QualityShown;
}

/** A closed month as pages read it. */
export function closedOf(bulletin: Calls['getBulletin']['answer']): { readonly month: string; readonly at: number; readonly departments: readonly DepartmentLine[] } {
  return bulletin as unknown as ReturnType<typeof closedOf>;
}

/** One department over all its datasets. */
export interface DepartmentSum extends Omit<Passing, 'rate'> {
  readonly department: string | null;
  readonly lines: readonly DepartmentLine[];
}

/** Departments with their sums, those with most to mend first. */
export function byDepartment(departments: readonly DepartmentLine[], dataset: string): readonly DepartmentSum[] {
  const groups = Map.groupBy(departments.filter((one) => dataset === '' || one.dataset === dataset), (one) => one.department);
  const sum = (lines: readonly DepartmentLine[], of: (line: DepartmentLine) => number): number => lines.reduce((total, line) => total + of(line), 0);
  return [...groups].map(([department, lines]) => ({
    department, lines, records: sum(lines, (one) => one.records), passed: sum(lines, (one) => one.passed), refused: sum(lines, (one) => one.refused),
  })).toSorted((a, b) => b.refused - a.refused || b.records - a.records);
}

/** Pass rates day by day for a chart, in percent; null on days on which nothing of a dataset was kept. */
export function trendOf({ days, datasets }: Pick<QualityShown, 'days' | 'datasets'>): { readonly labels: readonly string[]; readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[] } {
  const labels = [...new Set(days.map((one) => one.day))].toSorted();
  const rate = (dataset: string, day: string): number | null => {
    const found = days.find((one) => one.dataset === dataset && one.day === day);
    return found === undefined || found.kept === 0 ? null : Math.floor(((found.kept - found.refused) / found.kept) * 1000) / 10;
  };
  return { labels, series: datasets.map(({ dataset, title }) => ({ name: title, values: labels.map((day) => rate(dataset, day)) })) };
}

/** From when on a pass rate is to be watched, and from when on it is bad, as a share. */
const marks = { good: 0.98, watch: 0.9 };

/** The tone of a pass rate. */
export function toneOf(part: number, whole: number): 'good' | 'watch' | 'bad' {
  const share = whole === 0 ? 1 : part / whole;
  return share >= marks.good ? 'good' : share >= marks.watch ? 'watch' : 'bad';
}
