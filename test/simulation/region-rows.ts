import type { Parcel } from '../../src/record/batch.ts';
import type { Receipt } from '../../src/record/receipt.ts';
import type { Notes } from './notes.ts';
import { wording, type Oracle, type Place } from './oracle.ts';

type Sent = Readonly<Record<string, string | number | null>>;

/** Written into a name it makes the region refuse the record. */
export const refusedMark = '拒';
/** Written into a name it makes the region refuse every batch that holds the record. */
export const poisonMark = '毒';

/** The region's tables, without any unique key, and what it refuses. Whatever should not have been asked of it is a breach. */
export class RegionRows {
  /** Several texts in one place are duplicates. */
  readonly rows = new Map<Place, string[]>();
  /** What was refused: the record for itself, with the reason known. */
  readonly refused = new Map<Place, Set<string>>();
  /** Codes of items the region has, or has had. */
  readonly #items = new Set<string>();
  readonly #oracle: Oracle;
  readonly #notes: Notes;

  constructor(oracle: Oracle, notes: Notes) {
    this.#oracle = oracle;
    this.#notes = notes;
  }

  /** A batch's records take effect, one by one; or all of them are refused together. */
  take(parcel: Parcel): readonly Receipt[] | 'refused' {
    const records = recordsOf(parcel);
    const [poison, ...more] = records.filter((record) => wordingOf(record).includes(poisonMark));
    if (poison !== undefined) {
      // The region knows which record it was; whoever sent them must find out.
      if (more.length === 0) this.#refuse(placeOf(parcel.table, poison), poison);
      if (records.length > 1) this.#notes.sometimes('a batch is refused whole');
      return 'refused';
    }
    return records.map((record) => this.#takeOne(parcel.table, record));
  }

  #takeOne(table: string, record: Sent): Receipt {
    const rowGuid = String(record['row_guid']);
    const place = placeOf(table, record);
    if (wordingOf(record).includes(refusedMark)) {
      this.#refuse(place, record);
      return { rowGuid, verdict: 'refused', code: '2', field: 'name', message: '不予接收' };
    }
    if (record['cd_operation'] === 'D') this.#remove(place, rowGuid);
    else this.#put(place, record, String(record['cd_operation']));
    return { rowGuid, verdict: rowGuid.endsWith('2') ? 'warned' : 'accepted', code: '0' };
  }

  #put(place: Place, record: Sent, operation: string): void {
    const there = this.rows.get(place) ?? [];
    if (operation === 'I' && there.length > 0) this.#notes.breach(`${place} was created twice`);
    if (operation === 'U' && there.length === 0) this.#notes.breach(`${place} was updated before it was created`);
    const main = record['project_no'];
    if (main !== undefined && !this.rows.has(`up_pro_accept\t${String(main)}`)) this.#notes.breach(`${place} came before its case`);
    const item = record['item'];
    if (item !== undefined && item !== null && !this.#items.has(String(item))) this.#notes.breach(`${place} came before its item`);
    if (place.startsWith('up_task')) this.#items.add(String(record['code']));
    const text = wordingOf(record);
    this.rows.set(place, operation === 'I' ? [...there, text] : [text]);
    this.#judge(place, text);
  }

  #remove(place: Place, rowGuid: string): void {
    if (!this.rows.has(place)) this.#notes.breach(`${place} was removed and is not there`);
    if (place.startsWith('up_pro_accept')) {
      if ([...this.rows.keys()].some((other) => other.endsWith(`\t${rowGuid}`) === false && other.includes(`\t${rowGuid}-`))) this.#notes.breach(`${place} was removed before what belongs to it`);
      this.#notes.sometimes('an aggregate is removed');
    }
    this.rows.delete(place);
    this.#judge(place, null);
  }

  #judge(place: Place, text: string | null): void {
    const wrong = this.#oracle.applied(place, text);
    if (wrong !== null) this.#notes.breach(wrong);
  }

  #refuse(place: Place, record: Sent): void {
    const texts = this.refused.get(place) ?? new Set();
    this.refused.set(place, texts.add(wordingOf(record)));
  }
}

function recordsOf(parcel: Parcel): readonly Sent[] {
  return (JSON.parse(Buffer.from(parcel.body).toString()) as { records: Sent[] }).records;
}

/** Places of a batch's records. */
export function placesOf(parcel: Parcel): readonly Place[] {
  return recordsOf(parcel).map((record) => placeOf(parcel.table, record));
}

function placeOf(table: string, record: Sent): Place {
  return `${table}\t${String(record['row_guid'])}`;
}

function wordingOf(record: Sent): string {
  return wording(Object.fromEntries(Object.entries(record).filter(([name]) => !name.startsWith('cd_') && name !== 'data_source')));
}
