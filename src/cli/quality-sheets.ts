import type { Site } from '../config/site.ts';
import type { Sheet } from '../port/workbook.ts';
import type { Problem } from '../record/problem.ts';
import type { QualityReport, Unmended } from '../quality/report.ts';
import { localTime } from './local-time.ts';
import { form as masked } from '../record/form.ts';
import type { Texts } from './texts.ts';

/** What the workbook is made from. */
export interface WorkbookParts {
  readonly report: QualityReport;
  readonly site: Site;
  readonly texts: Texts;
  readonly zoneMinutes: number;
}

/** An overview, the rules, the trend, then a sheet for each department with what it must mend: keys of rows, and nothing else of what they say. */
export function qualitySheets(parts: WorkbookParts): readonly Sheet[] {
  const { report, texts } = parts;
  const nobody = texts.say('cli.quality.nobody');
  const departments = Map.groupBy(report.unmended, (one) => one.department ?? nobody);
  const named = [...departments].toSorted(([, one], [, other]) => other.length - one.length);
  return [overview(parts), rules(parts), trend(parts), ...named.map(([name, records]) => toMend(parts, name, records))];
}

function head({ texts }: WorkbookParts, ...columns: readonly (readonly [key: string, width: number, share?: 'share'])[]): Sheet['columns'] {
  return columns.map(([key, width, share]) => ({ title: texts.say(`cli.head.${key}`), width, share: share !== undefined }));
}

function overview(parts: WorkbookParts): Sheet {
  const { report, texts } = parts;
  const nobody = texts.say('cli.quality.nobody');
  return {
    name: texts.say('cli.quality.overview'),
    columns: head(parts, ['dataset', 14], ['department', 34], ['records', 12], ['passed', 12], ['setAside', 12], ['rate', 10, 'share']),
    rows: [
      ...report.datasets.map((one) => [one.title, texts.say('cli.quality.all'), one.records, one.passed, one.refused, one.rate]),
      ...report.departments.map((one) => [titleOf(parts, one.dataset), one.department ?? nobody, one.records, one.passed, one.refused, one.rate]),
    ],
  };
}

function rules(parts: WorkbookParts): Sheet {
  const { report, texts } = parts;
  return {
    name: texts.say('cli.quality.rules'),
    columns: head(parts, ['dataset', 14], ['code', 24], ['meaning', 26], ['field', 40], ['rule', 28], ['owner', 16], ['severity', 10], ['records', 12], ['alone', 16], ['rate', 10, 'share']),
    rows: report.rules.map((one) => [
      titleOf(parts, one.dataset), one.code, texts.title(one.code), fieldOf(parts, one), one.rule, one.owner, texts.say(`cli.severity.${one.severity}`), one.records, one.alone, one.rate,
    ]),
  };
}

function trend(parts: WorkbookParts): Sheet {
  const { report, texts } = parts;
  return {
    name: texts.say('cli.quality.trend'),
    columns: head(parts, ['day', 14], ['dataset', 14], ['kept', 12], ['setAside', 12], ['rate', 10, 'share']),
    rows: report.days.map((one) => [one.day, titleOf(parts, one.dataset), one.kept, one.refused, one.rate]),
  };
}

function toMend(parts: WorkbookParts, name: string, records: readonly Unmended[]): Sheet {
  const { texts, zoneMinutes } = parts;
  return {
    name,
    columns: head(parts, ['dataset', 10], ['key', 36], ['since', 20], ['code', 22], ['field', 40], ['problem', 60], ['mend', 60]),
    rows: records.flatMap(({ dataset, key, keptAt, problems }) => problems.filter(({ severity }) => severity === 'refuse').map((problem) => {
      const { what, mend } = texts.advice(presentable(problem));
      return [titleOf(parts, dataset), key, localTime(keptAt, zoneMinutes), problem.code, fieldOf(parts, problem), what, mend];
    })),
  };
}

/** A code without partner is shown while it looks like a code; whatever else stands in a code's column may be personal. */
function presentable(problem: Problem): Problem {
  const value = problem.facts?.['value'];
  if (value === undefined || /^[A-Za-z0-9_.-]{1,8}$/.test(String(value))) return problem;
  return { ...problem, facts: { ...problem.facts, value: masked(value) } };
}

function titleOf({ site }: WorkbookParts, dataset: string): string {
  return site.datasets.find((one) => one.dataset === dataset)?.title ?? dataset;
}

/** `table.field` with the region's own name for it. */
function fieldOf({ site }: WorkbookParts, { table = '', field = '' }: Pick<Problem, 'table' | 'field'>): string {
  const comment = site.contract.tables[table]?.fields.find((one) => one.name === field)?.comment;
  return [[table, field].filter((part) => part !== '').join('.'), comment].filter((part) => part !== undefined && part !== '').join(' ');
}
