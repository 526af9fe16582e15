import type { Site } from '../config/site.ts';
import type { QualityDay, QualityStore, SetAside } from '../port/quality.ts';
import type { Problem } from '../record/problem.ts';
import { answerableOf } from './answerable.ts';
import { RuleLedger, type RuleQuality } from './rule-ledger.ts';

/** Records of one kind, and how many of them pass; `rate` is null where there are none. */
export interface Passing {
  readonly records: number;
  readonly passed: number;
  readonly refused: number;
  readonly rate: number | null;
}

export interface DatasetQuality extends Passing {
  readonly dataset: string;
  readonly title: string;
}

export interface DepartmentQuality extends Passing {
  readonly dataset: string;
  /** Null: the mapping names nobody, or the record does not. */
  readonly department: string | null;
}

export interface DayQuality extends QualityDay {
  readonly rate: number;
}

/** A record set aside, as its department sees it. */
export interface Unmended {
  readonly dataset: string;
  readonly key: string;
  readonly department: string | null;
  readonly keptAt: number;
  readonly problems: readonly Problem[];
}

/** How good a county's data are now, and who must mend what. */
export interface QualityReport {
  readonly datasets: readonly DatasetQuality[];
  /** Those with the most records set aside first. */
  readonly departments: readonly DepartmentQuality[];
  /** The costliest first. */
  readonly rules: readonly RuleQuality[];
  /** The newest first. */
  readonly days: readonly DayQuality[];
  readonly unmended: readonly Unmended[];
}

const pageSize = 1_000;

/** Days shown in the trend, for every dataset. */
const trendDays = 30;

/** Puts the report together from the gateway's memory; pure but for what it asks the store. */
export async function qualityReport(site: Site, store: QualityStore, zoneMinutes: number): Promise<QualityReport> {
  const unmended = await allUnmended(site, store);
  const departments = await byDepartment(site, store, unmended);
  const datasets = site.datasets.map(({ dataset, title }) => {
    const own = departments.filter((one) => one.dataset === dataset);
    return { dataset, title, ...passing(sum(own.map((one) => one.passed)), sum(own.map((one) => one.refused))) };
  });
  const ledger = new RuleLedger(site, new Map(datasets.map(({ dataset, records }) => [dataset, records])));
  for (const one of unmended) ledger.refuse(one);
  for (const remark of await store.remarks()) ledger.remark(remark);
  const days = await store.days(zoneMinutes, trendDays * Math.max(site.datasets.length, 1));
  return {
    datasets, unmended, rules: ledger.rules(),
    departments: departments.toSorted((one, other) => other.refused - one.refused || (one.rate ?? 1) - (other.rate ?? 1) || compare(one, other)),
    days: days.map((day) => ({ ...day, rate: (day.kept - day.refused) / day.kept })),
  };
}

/** How many records each department answers for now, and how many of them pass. */
export async function departmentFigures(site: Site, store: QualityStore): Promise<readonly DepartmentQuality[]> {
  return byDepartment(site, store, await allUnmended(site, store));
}

async function byDepartment(site: Site, store: QualityStore, unmended: readonly Unmended[]): Promise<readonly DepartmentQuality[]> {
  const departments: DepartmentQuality[] = [];
  for (const { dataset, department = [] } of site.datasets) {
    const passed = await store.passedBy(dataset, department);
    const refused = Map.groupBy(unmended.filter((one) => one.dataset === dataset), (one) => one.department);
    for (const name of new Set([...passed.keys(), ...refused.keys()])) {
      departments.push({ dataset, department: name, ...passing(passed.get(name) ?? 0, refused.get(name)?.length ?? 0) });
    }
  }
  return departments;
}

async function allUnmended(site: Site, store: QualityStore): Promise<readonly Unmended[]> {
  const answerable = answerableOf(site);
  const found: Unmended[] = [];
  let page: readonly SetAside[] = [];
  do {
    page = await store.setAside(page.at(-1)?.seq ?? 0, pageSize);
    for (const one of page) {
      const { dataset, key, keptAt, problems } = one;
      found.push({ dataset, key, keptAt, problems, department: answerable(one) });
    }
  } while (page.length === pageSize);
  return found;
}

/** The pass rate with what it is made from. */
export function passing(passed: number, refused: number): Passing {
  const records = passed + refused;
  return { records, passed, refused, rate: records === 0 ? null : passed / records };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function compare(one: DepartmentQuality, other: DepartmentQuality): number {
  const [a, b] = [one, other].map(({ dataset, department }) => `${dataset} ${department ?? ''}`) as [string, string];
  return a < b ? -1 : 1;
}
