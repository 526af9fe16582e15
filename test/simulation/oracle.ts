import type { Dataset, Fact } from './county.ts';

/** A row's place at the region: table and row_guid. */
export type Place = string;

/** A row's business fields as one text, the same whoever writes it. */
export function wording(fields: Readonly<Record<string, unknown>>): string {
  return Object.keys(fields).toSorted().map((name) => `${name}=${String(fields[name])}`).join(' ');
}

/** What the region must have of a fact, written from the county's side: no line of this is the engine's. */
export function rowsOf(dataset: Dataset, fact: Fact): ReadonlyMap<Place, string> {
  const rows = new Map<Place, string>();
  const guid = `${dataset}-${fact.key}-${fact.salt}`;
  if (dataset === 'items') rows.set(`up_task_general_basic\t${guid}`, wording({ row_guid: guid, name: fact.name, code: fact.code }));
  else {
    rows.set(`up_pro_accept\t${guid}`, wording({ row_guid: guid, name: fact.name, code: fact.code, item: fact.item }));
    for (const step of fact.steps) rows.set(`up_pro_process\t${guid}-steps-${step.no}`, wording({ row_guid: `${guid}-steps-${step.no}`, project_no: guid, says: step.says }));
    for (const paper of fact.papers) rows.set(`up_pro_material\t${guid}-papers-${paper.no}`, wording({ row_guid: `${guid}-papers-${paper.no}`, project_no: guid, says: paper.says }));
  }
  return rows;
}

interface Past {
  /** What the row was to be, one after the other; null: not there. */
  readonly versions: (string | null)[];
  /** The version the region has. */
  at: number;
}

/** Remembers every version of every row that the county ever committed, and how far the region has come with each. */
export class Oracle {
  readonly #past = new Map<Place, Past>();
  /** Every code a key ever had. */
  readonly codes = new Map<string, Set<string>>();
  readonly #placesOf = new Map<string, Set<Place>>();

  /** The county has committed this. A bad row says nothing of what the region should have. */
  committed(dataset: Dataset, key: string, fact: Fact | null): void {
    const name = `${dataset}/${key}`;
    if (fact !== null) this.#codesOf(name).add(fact.code);
    if (fact?.bad === true && !fact.withdrawn) return;
    const rows = fact === null || fact.withdrawn ? new Map<Place, string>() : rowsOf(dataset, fact);
    const places = this.#placesOf.get(name) ?? new Set();
    this.#placesOf.set(name, places);
    for (const place of rows.keys()) places.add(place);
    for (const place of places) {
      const past = this.#past.get(place) ?? { versions: [null], at: 0 };
      this.#past.set(place, past);
      const text = rows.get(place) ?? null;
      if (past.versions.at(-1) !== text) past.versions.push(text);
    }
  }

  /** The region has this row so from now on (null: no more). Says what is wrong with that. */
  applied(place: Place, text: string | null): string | null {
    const past = this.#past.get(place);
    if (past === undefined) return `${place} was never in the county`;
    const next = past.versions.indexOf(text, past.at);
    if (next < 0) return past.versions.includes(text) ? `${place} went back to an earlier version` : `${place} never looked like that: ${text ?? 'gone'}`;
    past.at = next;
    return null;
  }

  #codesOf(name: string): Set<string> {
    const known = this.codes.get(name) ?? new Set();
    this.codes.set(name, known);
    return known;
  }
}
