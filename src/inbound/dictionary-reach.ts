import { createHash } from 'node:crypto';
import type { ContractData } from '../contract/data.ts';
import type { DatasetMapping } from '../mapping/dataset.ts';
import type { IndicatorStore } from '../port/indicators.ts';
import type { FieldOfTable } from '../port/quality.ts';
import { dictionaryOf, type DictionaryEffect, type IssuedDictionary } from './dictionary-effect.ts';

/** How many records say a code that a new list no longer has. */
export interface Carried {
  readonly dataset: string;
  readonly field: string;
  readonly code: string;
  readonly records: number;
}

/** What taking a list would do to the records that are known, beside what it does to the mappings. */
export interface DictionaryReach {
  /** The effect's name: what a person confirms. The same as long as the list and what it breaks are the same. */
  readonly plan: string;
  /** Records that travel or have arrived with a code that would be gone, as last kept. */
  readonly carried: readonly Carried[];
  /** Records whose text is no longer kept: whether they say such a code is not known. */
  readonly unread: number;
}

interface Looking {
  readonly contract: ContractData;
  readonly datasets: readonly DatasetMapping[];
  readonly store: Pick<IndicatorStore, 'said'>;
}

const pageSize = 2_000;

/** Counts the records that a list without some of its codes would leave with a code nobody knows. */
export async function reachOf(issued: IssuedDictionary, effect: DictionaryEffect, looking: Looking): Promise<DictionaryReach> {
  const carried: Carried[] = [];
  let unread = 0;
  if (effect.removed.length > 0) {
    for (const dataset of looking.datasets) {
      const fields = fieldsOf(dataset, issued.name, looking.contract);
      if (fields.length === 0) continue;
      const found = await countIn(dataset.dataset, fields, { issued, effect, looking });
      carried.push(...found.carried);
      unread += found.unread;
    }
  }
  return { plan: nameOf(issued, effect), carried, unread };
}

/** True when a mapping or a record would be left with a code that is gone: somebody must have seen that first. */
export function breaksSomething({ broken }: DictionaryEffect, { carried }: DictionaryReach): boolean {
  return broken.length + carried.length > 0;
}

async function countIn(dataset: string, fields: readonly FieldOfTable[], { issued, effect, looking }: { readonly issued: IssuedDictionary; readonly effect: DictionaryEffect; readonly looking: Looking }): Promise<Pick<DictionaryReach, 'carried' | 'unread'>> {
  const separator = looking.contract.dictionaries[issued.name]?.separator;
  const counts = new Map<string, number>();
  let unread = 0;
  for (let after: number | null = 0; after !== null;) {
    const page: Awaited<ReturnType<IndicatorStore['said']>> = await looking.store.said(dataset, fields, after, pageSize);
    for (const said of page.records) {
      if (said === null) unread += 1;
      else for (const met of metIn(said, fields, { separator, removed: effect.removed })) counts.set(met, (counts.get(met) ?? 0) + 1);
    }
    after = page.next;
  }
  const carried = [...counts].map(([met, records]) => {
    const [field = '', code = ''] = met.split('\t');
    return { dataset, field, code, records };
  });
  return { carried: carried.toSorted((one, other) => `${one.field}\t${one.code}`.localeCompare(`${other.field}\t${other.code}`)), unread };
}

/** Each field and code that is gone once for one record, however many of its rows say it. */
function metIn(said: readonly (readonly (string | number)[])[], fields: readonly FieldOfTable[], { separator, removed }: { readonly separator: string | undefined; readonly removed: readonly string[] }): ReadonlySet<string> {
  return new Set(said.flatMap((values, at) => values
    .flatMap((value) => (separator === undefined ? [String(value)] : String(value).split(separator)))
    .filter((code) => removed.includes(code))
    .map((code) => `${fields[at]?.table}.${fields[at]?.field}\t${code}`)));
}

function fieldsOf({ records }: DatasetMapping, name: string, contract: ContractData): readonly FieldOfTable[] {
  return records.flatMap(({ table, fields }) => Object.keys(fields).filter((field) => dictionaryOf(contract, table, field) === name).map((field) => ({ table, field })));
}

function nameOf(issued: IssuedDictionary, { removed, broken }: DictionaryEffect): string {
  return createHash('sm3').update(JSON.stringify([issued, removed, broken])).digest('hex').slice(0, 12);
}
