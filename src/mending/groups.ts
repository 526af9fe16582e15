import type { QualityStore, SetAside } from '../port/quality.ts';
import { distinction, meansThis, type Answerable, type Selection } from './selection.ts';

/** Records kept back by one problem with one field, for one department: what one person can mend at one stroke. */
export interface Group {
  readonly dataset: string;
  readonly code: string;
  readonly table: string;
  readonly field: string;
  /** Identifier of the rule that found it; empty where none did. */
  readonly rule: string;
  /** The code without partner, or the region's own code for its refusal; empty for every other problem. */
  readonly value: string;
  /** Null: nobody is named. */
  readonly department: string | null;
  readonly records: number;
  /** Of these, records with nothing else against them: mending this sets them free. */
  readonly alone: number;
  /** When the first of them was set aside. */
  readonly since: number;
}

const pageSize = 1_000;

/** Everything set aside that is meant, page by page in the order of keeping. */
export async function* asidePages(store: Pick<QualityStore, 'setAside'>, about: { readonly selection: Selection; readonly answerable: Answerable; readonly size?: number; readonly after?: number }): AsyncGenerator<readonly SetAside[]> {
  const { size = pageSize } = about;
  const meant = meansThis(about.selection, about.answerable);
  let { after = 0 } = about;
  for (;;) {
    const page = await store.setAside(after, size);
    const chosen = page.filter(meant);
    if (chosen.length > 0) yield chosen;
    after = page.at(-1)?.seq ?? after;
    if (page.length < size) return;
  }
}

/** The first records after a number that are meant. */
export async function asideAfter(store: Pick<QualityStore, 'setAside'>, about: { readonly selection: Selection; readonly answerable: Answerable; readonly after: number; readonly limit: number }): Promise<readonly SetAside[]> {
  const found: SetAside[] = [];
  for await (const page of asidePages(store, about)) {
    found.push(...page);
    if (found.length >= about.limit) break;
  }
  return found.slice(0, about.limit);
}

/** The quarantine by problem, field and department, the most records first. */
export async function groupsOf(store: Pick<QualityStore, 'setAside'>, answerable: Answerable, selection: Selection = {}): Promise<readonly Group[]> {
  const groups = new Map<string, Group>();
  for await (const page of asidePages(store, { selection, answerable })) {
    for (const one of page) addTo(groups, one, answerable(one));
  }
  return [...groups.values()].toSorted((one, other) => other.records - one.records || other.alone - one.alone || (nameOf(one) < nameOf(other) ? -1 : 1));
}

function addTo(groups: Map<string, Group>, { dataset, asideAt, problems }: SetAside, department: string | null): void {
  const met = new Map<string, Omit<Group, 'records' | 'alone' | 'since'>>();
  for (const problem of problems) {
    if (problem.severity !== 'refuse') continue;
    const { code, table = '', field = '', rule = '' } = problem;
    const about = { dataset, code, table, field, rule, value: distinction(problem), department };
    met.set(nameOf(about), about);
  }
  for (const [name, about] of met) {
    const { records, alone, since } = groups.get(name) ?? { records: 0, alone: 0, since: asideAt };
    groups.set(name, { ...about, records: records + 1, alone: alone + (met.size === 1 ? 1 : 0), since: Math.min(since, asideAt) });
  }
}

function nameOf({ dataset, code, table, field, rule, value, department }: Omit<Group, 'records' | 'alone' | 'since'>): string {
  return [dataset, code, table, field, rule, value, department ?? '\uffff'].join('\t');
}
