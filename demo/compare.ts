import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { fieldsOf } from './county/region-row.ts';

/** One record on which the region and the truth disagree: where it is and in which fields, never what stands in them. */
export interface Example {
  readonly kind: 'missing' | 'extra' | 'different' | 'duplicate';
  readonly table: string;
  readonly guid: string;
  readonly dataset: string | null;
  readonly fields: readonly string[];
}

/** What the region holds against what it should hold, counted in region rows. */
export interface Comparison {
  readonly equal: boolean;
  readonly expected: number;
  readonly found: number;
  readonly missing: number;
  readonly extra: number;
  readonly different: number;
  /** Live rows beyond the first with the same `row_guid` in the same table. */
  readonly duplicates: number;
  /** At most `mostExamples`. */
  readonly examples: readonly Example[];
}

export const mostExamples = 20;
const control = new Set(['cd_operation', 'cd_time', 'cd_batch', 'data_source']);

interface Wanted {
  readonly guid: string;
  readonly body: string;
  readonly dataset: string;
}

/** Compares record by record in both directions, in a streaming merge; other work may go on in between. */
export async function compareWithTruth(files: { readonly truthFile: string; readonly regionFile: string }): Promise<Comparison> {
  const truth = new DatabaseSync(files.truthFile, { readOnly: true });
  const region = new DatabaseSync(files.regionFile, { readOnly: true, timeout: 10_000 });
  try {
    region.exec('begin');
    const tally = new Tally();
    const ids = new Map(region.prepare('select id, name from tbl').all().map((row) => [String(row['name']), Number(row['id'])]));
    const names = new Set(truth.prepare('select distinct tbl from expected').all().map((row) => String(row['tbl'])));
    for (const [name, id] of ids) if (region.prepare('select 1 from row where tbl = ? and state = 1 limit 1').get(id) !== undefined) names.add(name);
    for (const name of [...names].toSorted()) {
      const wanted = truth.prepare('select guid, body, dataset from expected where tbl = ? order by guid').iterate(name);
      const held = region.prepare('select guid, body from row where tbl = ? and state = 1 order by guid, id').iterate(ids.get(name) ?? -1);
      await mergeTable(name, { wanted: wanted as Iterator<Record<string, unknown>>, held: held as Iterator<Record<string, unknown>> }, tally);
    }
    return tally.result();
  } finally {
    truth.close();
    region.close();
  }
}

async function mergeTable(table: string, sides: { readonly wanted: Iterator<Record<string, unknown>>; readonly held: Iterator<Record<string, unknown>> }, tally: Tally): Promise<void> {
  const nextWanted = (): Wanted | null => {
    const { value, done } = sides.wanted.next();
    return done === true ? null : { guid: String(value['guid']), body: String(value['body']), dataset: String(value['dataset']) };
  };
  const nextHeld = (): Omit<Wanted, 'dataset'> | null => {
    const { value, done } = sides.held.next();
    return done === true ? null : { guid: String(value['guid']), body: String(value['body']) };
  };
  let wanted = nextWanted(), held = nextHeld(), before: string | null = null;
  for (let step = 1; wanted !== null || held !== null; step += 1) {
    if (step % 2000 === 0) await setImmediate();
    if (held !== null && held.guid === before) {
      tally.note('duplicate', { table, guid: held.guid, dataset: null, fields: [] });
      held = nextHeld();
    } else if (held === null || (wanted !== null && wanted.guid < held.guid)) {
      tally.note('missing', { table, guid: (wanted as Wanted).guid, dataset: (wanted as Wanted).dataset, fields: [] });
      wanted = nextWanted();
    } else if (wanted === null || held.guid < wanted.guid) {
      tally.note('extra', { table, guid: held.guid, dataset: null, fields: [] });
      before = held.guid;
      held = nextHeld();
    } else {
      tally.pair(table, wanted, held.body);
      before = held.guid;
      wanted = nextWanted();
      held = nextHeld();
    }
  }
}

class Tally {
  readonly #counts = { expected: 0, found: 0, missing: 0, extra: 0, different: 0, duplicates: 0 };
  readonly #examples: Example[] = [];

  note(kind: 'missing' | 'extra' | 'duplicate', about: Omit<Example, 'kind'>): void {
    if (kind === 'missing') this.#counts.expected += 1;
    else this.#counts.found += 1;
    this.#counts[kind === 'duplicate' ? 'duplicates' : kind] += 1;
    this.#show({ kind, ...about });
  }

  pair(table: string, wanted: Wanted, held: string): void {
    this.#counts.expected += 1;
    this.#counts.found += 1;
    const fields = differingFields(table, wanted.body, held);
    if (fields.length === 0) return;
    this.#counts.different += 1;
    this.#show({ kind: 'different', table, guid: wanted.guid, dataset: wanted.dataset, fields });
  }

  result(): Comparison {
    const { missing, extra, different, duplicates } = this.#counts;
    return { equal: missing + extra + different + duplicates === 0, ...this.#counts, examples: this.#examples };
  }

  #show(example: Example): void {
    if (this.#examples.length < mostExamples) this.#examples.push(example);
  }
}

/** Names of the business fields whose values differ; a field the region has beyond the table's is one too. */
function differingFields(table: string, wanted: string, held: string): readonly string[] {
  const order = fieldsOf(table);
  const right = JSON.parse(wanted) as readonly unknown[];
  const row = JSON.parse(held) as Readonly<Record<string, unknown>>;
  const wrong = order.filter((name, at) => (name === 'row_guid' && row[name] === undefined ? false : (row[name] ?? null) !== right[at]));
  const strange = Object.keys(row).filter((name) => !control.has(name) && !order.includes(name));
  return [...wrong, ...strange];
}
