import type { Change } from '../record/change.ts';
import type { SealedRecord } from '../record/envelope.ts';
import type { Problem, Severity } from '../record/problem.ts';

/** A field of the region, `table.field`. */
export interface FieldOfTable {
  readonly table: string;
  readonly field: string;
}

/** A record set aside, with what is known of what it says: the row as it was read, or the records the region refused. */
export interface SetAside {
  readonly seq: number;
  readonly dataset: string;
  readonly key: string;
  readonly keptAt: number;
  /** When it was set aside: at once, or when the region refused it. */
  readonly asideAt: number;
  /** `remove`: the region refused to take the record back. */
  readonly operation: 'put' | 'remove';
  readonly problems: readonly Problem[];
  readonly change: Change | null;
  readonly records: readonly SealedRecord[];
}

/** How often something was remarked on records that travel or have arrived. */
export interface Remark {
  readonly dataset: string;
  readonly code: string;
  readonly severity: Severity;
  readonly table: string;
  readonly field: string;
  readonly rule: string;
  readonly count: number;
}

/** What was kept on one day. */
export interface QualityDay {
  readonly dataset: string;
  /** `yyyy-MM-dd` in the site's zone. */
  readonly day: string;
  /** Versions of records kept that day, those set aside among them. */
  readonly kept: number;
  /** Of these, set aside by the gateway or refused by the region, whatever became of the record later. */
  readonly refused: number;
}

/** What a report on the quality of a county's data asks of the gateway's memory. Nothing here writes. */
export interface QualityStore {
  /** Records that travel or have arrived, by the value of the first of these fields that has one, as last kept; null: none has. */
  passedBy(dataset: string, fields: readonly FieldOfTable[]): Promise<ReadonlyMap<string | null, number>>;
  /** Records set aside now, in the order of keeping. */
  setAside(after: number, limit: number): Promise<readonly SetAside[]>;
  remarks(): Promise<readonly Remark[]>;
  /** The last days on which something was kept, the newest first. */
  days(zoneMinutes: number, limit: number): Promise<readonly QualityDay[]>;
}
