import type { Parcel } from '../../src/record/batch.ts';
import type { Receipt } from '../../src/record/receipt.ts';

/** One record as it travelled. */
export type Wish = Readonly<Record<string, string | number | null>>;

/** One thing that took effect. */
export interface Effect {
  readonly batch: string;
  readonly table: string;
  readonly rowGuid: string;
  readonly operation: string;
}

/** What a region has and how it came to it. It has no unique key: a record created twice is a duplicate, and a breach. */
export class RegionBooks {
  readonly effects: Effect[] = [];
  /** What should never have been asked of the region. */
  readonly breaches: string[] = [];
  /** Why a record is refused; null when it is not. */
  refuses: (record: Wish, table: string) => string | null = () => null;
  /** Identifies what must be there before a record of this table: `table\trow_guid`, or null. */
  needs: (record: Wish, table: string) => string | null = () => null;
  readonly #rows = new Map<string, Wish>();
  readonly #settled = new Map<string, readonly Receipt[]>();
  readonly #travelling = new Set<string>();
  readonly #written = new Map<string, string>();

  /** Records on the road: the same one twice at once would be a race. */
  enter(parcel: Parcel): () => void {
    const written = this.#written.get(parcel.no);
    if (written !== undefined && written !== textOf(parcel)) this.breaches.push(`batch ${parcel.no} travelled with other bytes`);
    this.#written.set(parcel.no, textOf(parcel));
    const places = recordsOf(parcel).map((record) => `${parcel.table}\t${String(record['row_guid'])}`);
    for (const place of places) {
      if (this.#travelling.has(place)) this.breaches.push(`${place} travelled twice at once`);
      this.#travelling.add(place);
    }
    return () => {
      for (const place of places) this.#travelling.delete(place);
    };
  }

  take(parcel: Parcel, refusesWhole: (records: readonly Wish[]) => boolean): readonly Receipt[] | 'refused' {
    const before = this.#settled.get(parcel.no);
    if (before !== undefined) return before;
    const records = recordsOf(parcel);
    if (refusesWhole(records)) return 'refused';
    const receipts = records.map((record) => this.#takeOne(record, parcel));
    this.#settled.set(parcel.no, receipts);
    return receipts;
  }

  settled(no: string): readonly Receipt[] | undefined {
    return this.#settled.get(no);
  }

  /** Business fields of every record of a table, by row_guid. */
  rows(table: string): Readonly<Record<string, Wish>> {
    return Object.fromEntries([...this.#rows].filter(([place]) => place.startsWith(`${table}\t`)).map(([place, record]) => [place.slice(table.length + 1), record]));
  }

  /** Changes a row behind everybody's back, as a restored backup does; null: it is gone. */
  meddle(table: string, rowGuid: string, record: Wish | null): void {
    if (record === null) this.#rows.delete(`${table}\t${rowGuid}`);
    else this.#rows.set(`${table}\t${rowGuid}`, record);
  }

  get size(): number {
    return this.#rows.size;
  }

  /** Operations in the order in which they took effect, as `I up_lic_data/1`. */
  story(after = 0): readonly string[] {
    return this.effects.slice(after).map((one) => `${one.operation} ${one.table}/${one.rowGuid}`);
  }

  #takeOne(record: Wish, { no, table }: Parcel): Receipt {
    const rowGuid = String(record['row_guid']);
    const place = `${table}\t${rowGuid}`;
    const reason = this.refuses(record, table);
    if (reason !== null) return { rowGuid, verdict: 'refused', code: '2', field: 'name', message: reason };
    const operation = String(record['cd_operation']);
    const there = this.#rows.has(place);
    if (operation === 'I' && there) this.breaches.push(`${place} created twice`);
    if (operation !== 'I' && !there) this.breaches.push(`${place} ${operation} of what is not there`);
    const need = operation === 'D' ? null : this.needs(record, table);
    if (need !== null && !this.#rows.has(need)) this.breaches.push(`${place} came before ${need}`);
    if (operation === 'D') this.#rows.delete(place);
    else this.#rows.set(place, businessOf(record));
    this.effects.push({ batch: no, table, rowGuid, operation });
    return { rowGuid, verdict: 'accepted', code: '0' };
  }
}

/** The bytes that travel, as text. */
export function textOf(parcel: Parcel): string {
  return Buffer.from(parcel.body).toString();
}

function recordsOf(parcel: Parcel): readonly Wish[] {
  return (JSON.parse(textOf(parcel)) as { records: Wish[] }).records;
}

function businessOf(record: Wish): Wish {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !name.startsWith('cd_') && name !== 'data_source'));
}
