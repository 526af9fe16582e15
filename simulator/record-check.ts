import { compileFieldCheck } from './field-check.ts';
import { controlFields } from './region-tables.ts';
import type { RegionTable } from './region-tables.ts';

/** A record as it came out of the body. */
export type UpRecord = Readonly<Record<string, unknown>>;

/** Why the region refuses one record. */
export interface Fault {
  readonly field: string;
  readonly message: string;
}

/** The head of the batch a record came in: its control fields must agree with it. */
export interface BatchHead {
  readonly batchNo: string;
  readonly dataSource: string;
}

/** A table's checks and its way of writing a row down, made once at start. */
export interface CompiledTable {
  readonly name: string;
  /** Of its fields, control fields included. */
  readonly names: ReadonlySet<string>;
  check(record: UpRecord, head: BatchHead): Fault | null;
  /** Compact JSON of the business fields in the table's order: what is stored and what digests are made of. */
  write(record: UpRecord): string;
}

/** Compiles a table into checks in the table's own order, so that the first fault named is the first column's. */
export function compileTable(table: RegionTable): CompiledTable {
  const fields = table.fields.map((field) => ({ name: field.name, check: compileFieldCheck(field) }));
  const names = new Set(fields.map((field) => field.name));
  const keys = fields.filter(({ name }) => name === 'row_guid' || controlFields.has(name));
  const keyNames = new Set(keys.map((field) => field.name));
  const business = fields.map((field) => field.name).filter((name) => !controlFields.has(name));

  const check = (record: UpRecord, head: BatchHead): Fault | null => {
    const removal = record['cd_operation'] === 'D';
    const allowed = removal ? keyNames : names;
    for (const name in record) {
      if (!allowed.has(name)) return stranger(name, removal && names.has(name));
    }
    for (const field of removal ? keys : fields) {
      const message = field.check(record[field.name]);
      if (message !== null) return { field: field.name, message };
    }
    return disagreement(record, head);
  };

  const write = (record: UpRecord): string => {
    const row: Record<string, unknown> = {};
    for (const name of business) {
      const value = record[name];
      if (value !== undefined) row[name] = value;
    }
    return JSON.stringify(row);
  };
  return { name: table.name, names, check, write };
}

function stranger(name: string, known: boolean): Fault {
  const field = name.slice(0, 64);
  return { field, message: known ? `[字段]${field}不应出现在撤回记录中` : `[字段]${field}不在数据表中` };
}

function disagreement(record: UpRecord, head: BatchHead): Fault | null {
  if (record['cd_batch'] !== head.batchNo) return { field: 'cd_batch', message: '[字段]批次号与本批不一致' };
  if (record['data_source'] !== head.dataSource) return { field: 'data_source', message: '[字段]数据来源与本批不一致' };
  return null;
}
