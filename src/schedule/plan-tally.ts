import { masked } from '../contract/masked.ts';
import type { Contract } from '../contract/contract.ts';
import type { Value } from '../contract/table-shape.ts';
import { planOf } from '../delivery/plan.ts';
import type { Judged } from '../intake/judge-page.ts';
import type { Acknowledged, Keep, LookStore } from '../port/store.ts';
import type { Entry } from '../record/batch.ts';
import type { Problem } from '../record/problem.ts';
import { differencesOf } from './differences.ts';

/** Records by what a run would do with them. */
export interface PlanCounts {
  readonly read: number;
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly same: number;
  /** Gone before the region ever had them: nothing travels. */
  readonly withdraw: number;
  readonly refuse: number;
  readonly stillQuarantined: number;
  /** Of those created and updated: they wait until the region has another record. */
  readonly waiting: number;
}

/** One record and what the region would be told otherwise of it, its texts masked. */
export interface PlanExample {
  readonly key: string;
  readonly table: string;
  readonly fields: readonly { readonly field: string; readonly before: Value; readonly after: Value }[];
}

export interface TableCount {
  readonly table: string;
  readonly create: number;
  readonly update: number;
  readonly remove: number;
}

export interface ProblemCount extends Pick<Problem, 'code' | 'severity' | 'table' | 'field' | 'rule'> {
  readonly count: number;
}

/** Keys whose acknowledged bodies are in memory at once. */
const bodiesAtOnce = 200;
const mostExamples = 5;

/** Counts what a run would do, page by page; what it holds grows with the region's fields and not with the county's rows. */
export class PlanTally {
  readonly #dataset: string;
  readonly #store: Pick<LookStore, 'acknowledged'>;
  readonly #contract: Contract;
  readonly #counts = { read: 0, create: 0, update: 0, delete: 0, same: 0, withdraw: 0, refuse: 0, stillQuarantined: 0, waiting: 0 };
  readonly #tables = new Map<string, { create: number; update: number; remove: number }>();
  readonly #fields = new Map<string, number>();
  readonly #problems = new Map<string, { readonly problem: Problem; count: number }>();
  readonly #examples: PlanExample[] = [];

  constructor(dataset: string, store: Pick<LookStore, 'acknowledged'>, contract: Contract) {
    this.#dataset = dataset;
    this.#store = store;
    this.#contract = contract;
  }

  async note(judged: readonly Judged[]): Promise<void> {
    const sending: Keep[] = [];
    for (const { mapped, judgement } of judged) {
      if (judgement.verdict !== 'none') this.#counts.read += 1;
      if (judgement.verdict === 'keep') sending.push(judgement.keep);
      else if (judgement.verdict === 'same') this.#counts.same += 1;
      else if (judgement.verdict === 'still-quarantined') {
        this.#counts.stillQuarantined += 1;
        if (mapped.state === 'bad') this.#noteProblems(mapped.problems);
      }
    }
    for (let from = 0; from < sending.length; from += bodiesAtOnce) await this.#noteKeeps(sending.slice(from, from + bodiesAtOnce));
  }

  counts(): PlanCounts {
    return { ...this.#counts };
  }

  tables(): readonly TableCount[] {
    return [...this.#tables].map(([table, counts]) => ({ table, ...counts })).toSorted((a, b) => (a.table < b.table ? -1 : 1));
  }

  /** Most frequent first. */
  fields(): readonly { readonly field: string; readonly count: number }[] {
    return [...this.#fields].map(([field, count]) => ({ field, count })).toSorted((a, b) => b.count - a.count || (a.field < b.field ? -1 : 1));
  }

  /** The commonest, most frequent first. */
  problems(most: number): readonly ProblemCount[] {
    return [...this.#problems].toSorted(([one, a], [other, b]) => b.count - a.count || (one < other ? -1 : 1)).slice(0, most)
      .map(([, { problem, count }]) => ({ ...withoutFacts(problem), count }));
  }

  examples(): readonly PlanExample[] {
    return this.#examples;
  }

  async #noteKeeps(keeps: readonly Keep[]): Promise<void> {
    const had = await this.#store.acknowledged(this.#dataset, keeps.filter((keep) => keep.before?.atRegion === true).map((keep) => keep.key));
    for (const keep of keeps) this.#noteKeep(keep, had.get(keep.key) ?? null);
  }

  #noteKeep(keep: Keep, had: Acknowledged | null): void {
    if ('problems' in keep) this.#noteProblems(keep.problems);
    if (keep.kind === 'quarantine') this.#counts.refuse += 1;
    else if (keep.kind === 'withdraw') this.#counts.withdraw += 1;
    else {
      this.#counts[keep.kind === 'remove' ? 'delete' : had === null ? 'create' : 'update'] += 1;
      if (keep.state === 'waiting') this.#counts.waiting += 1;
      for (const entry of planOf({ records: keep.kind === 'put' ? keep.records : [] }, had?.ledger ?? null)) this.#noteEntry(keep.key, entry, had);
    }
  }

  #noteEntry(key: string, entry: Entry, had: Acknowledged | null): void {
    const { table, operation } = entry;
    const counts = this.#tables.get(table) ?? { create: 0, update: 0, remove: 0 };
    counts[operation] += 1;
    this.#tables.set(table, counts);
    const before = operation === 'update' ? had?.records.find((record) => record.table === table && record.rowGuid === entry.rowGuid) : undefined;
    if (before === undefined) return;
    const differences = differencesOf(before.body, entry.body);
    for (const { field } of differences) this.#fields.set(`${table}.${field}`, (this.#fields.get(`${table}.${field}`) ?? 0) + 1);
    if (this.#examples.length >= mostExamples) return;
    const { fields, position } = this.#contract.shape(table);
    const shown = (field: string, value: Value): Value => {
      const shape = fields[position.get(field) ?? -1];
      return shape === undefined ? '…' : masked(shape, value);
    };
    this.#examples.push({ key, table, fields: differences.map(({ field, before: old, after }) => ({ field, before: shown(field, old), after: shown(field, after) })) });
  }

  #noteProblems(problems: readonly Problem[]): void {
    for (const problem of problems) {
      const name = `${problem.code} ${problem.severity} ${problem.table ?? ''}.${problem.field ?? ''} ${problem.rule ?? ''}`;
      const known = this.#problems.get(name);
      if (known === undefined) this.#problems.set(name, { problem, count: 1 });
      else known.count += 1;
    }
  }
}

function withoutFacts(problem: Problem): Omit<Problem, 'facts'> {
  const { facts: _facts, ...rest } = problem;
  return rest;
}
