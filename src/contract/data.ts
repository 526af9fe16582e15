import type { Severity } from '../record/problem.ts';

/** A field of a region table, as `tables.json` of the profile writes it. */
export interface FieldData {
  readonly name: string;
  readonly type: 'varchar' | 'int' | 'datetime';
  /** For `varchar`: how much text the column holds, in the profile's unit; otherwise of no meaning. */
  readonly length: number | null;
  readonly nullable: boolean;
  readonly comment: string;
}

/** A region table. */
export interface TableData {
  readonly title: string;
  readonly fields: readonly FieldData[];
}

/** A code list of the region; with `separator`, one field may hold several of its codes. */
export interface DictionaryData {
  readonly title: string;
  readonly source: string;
  readonly separator?: string;
  /** Region code and its label. */
  readonly entries: Readonly<Record<string, string>>;
}

/**
 * What a rule looks at. `record`: one record, `r`. `aggregate`: also the others that travel with it, `all.table`.
 * `change`: also what the region has, `before` (the same record) and `were.table`; asked only when the region has it.
 */
export type RuleScope = 'record' | 'aggregate' | 'change';

/** A check across fields, records or versions, in the Common Expression Language. */
export interface RuleData {
  readonly id: string;
  /** Absent: `record`. */
  readonly scope?: RuleScope;
  readonly table: string;
  /** The field the problem is shown at. */
  readonly field: string;
  readonly code: string;
  readonly severity: Severity;
  readonly owner: string;
  readonly sentence: string;
  readonly source: string;
  /** The rule concerns only records for which this is true; absent: all. */
  readonly when?: string;
  readonly expect: string;
}

/** How the region's columns count and hold text. */
export interface TextLimits {
  readonly unit: 'characters' | 'utf8' | 'gbk';
  readonly repertoire: 'bmp' | 'unicode';
}

/** Everything a region profile says about what a record may look like. */
export interface ContractData {
  readonly tables: Readonly<Record<string, TableData>>;
  readonly dictionaries: Readonly<Record<string, DictionaryData>>;
  /** Dictionary by `table.field`, or by `field` for every table that has it. */
  readonly fields: Readonly<Record<string, string>>;
  readonly rules: readonly RuleData[];
  readonly text: TextLimits;
  /** What stands for a character that the columns cannot hold, by that character; absent: such a record is refused. */
  readonly replacements?: Readonly<Record<string, string>>;
  /** Fields that delivery fills in (`cd_operation`, `cd_time`, `cd_batch`, `data_source`); never mapped, never checked. */
  readonly control: readonly string[];
}
