import type { ContractData, DictionaryData, FieldData, TableData } from './data.ts';

/** A value of a record: text, integer, or nothing. A datetime is the text `yyyy-MM-dd HH:mm:ss`. */
export type Value = string | number | null;

/** A business field of a region table. */
export interface FieldShape {
  readonly name: string;
  readonly type: FieldData['type'];
  readonly length: number | null;
  readonly required: boolean;
  readonly comment: string;
  readonly dictionary: (DictionaryData & { readonly name: string }) | null;
}

/** The business fields of a region table; the values of a record are an array in this order. */
export interface TableShape {
  readonly table: string;
  readonly title: string;
  readonly fields: readonly FieldShape[];
  readonly position: ReadonlyMap<string, number>;
}

/** Every upward row carries it, whether or not the published table names it (`up_lic_data` does not). */
const rowGuid: FieldData = { name: 'row_guid', type: 'varchar', length: 50, nullable: false, comment: '记录唯一标识' };

/** The business fields of every table: `row_guid` first, then the table's own order, without the control fields. */
export function tableShapes(data: ContractData): ReadonlyMap<string, TableShape> {
  return new Map(Object.entries(data.tables).map(([table, one]) => [table, tableShape(data, table, one)]));
}

function tableShape(data: ContractData, table: string, one: TableData): TableShape {
  const guid = one.fields.find((field) => field.name === rowGuid.name) ?? rowGuid;
  const others = one.fields.filter((field) => field.name !== rowGuid.name && !data.control.includes(field.name));
  const fields = [guid, ...others].map((field) => fieldShape(data, table, field));
  return { table, title: one.title, fields, position: new Map(fields.map((field, at) => [field.name, at])) };
}

function fieldShape(data: ContractData, table: string, field: FieldData): FieldShape {
  const name = own(data.fields, `${table}.${field.name}`) ?? own(data.fields, field.name);
  const dictionary = name === undefined ? undefined : own(data.dictionaries, name);
  return {
    name: field.name,
    type: field.type,
    length: field.length,
    required: !field.nullable,
    comment: field.comment,
    dictionary: name === undefined || dictionary === undefined ? null : { ...dictionary, name },
  };
}

/** A field may be called `constructor`, and a block of the site then has none of that name. */
function own<T>(block: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(block, name) ? block[name] : undefined;
}
