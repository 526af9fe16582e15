import type { Fault, UpRecord } from './record-check.ts';

/** Asks whether a live row of a table has this value in this field. */
export type Holds = (table: string, field: string, value: string) => boolean;

/** Where a field's value must already be: the record's field, the tables (any of them) and their field. */
interface Reference {
  readonly field: string;
  readonly tables: readonly string[];
  readonly message: string;
}

const families = ['general', 'punish', 'handle', 'check', 'public'] as const;
const ofCase = new Set(['up_pro_process', 'up_pro_special_procedure', 'up_pro_material', 'up_pro_result']);
const itemTables = ['up_task_general_basic', 'up_task_public_basic'];

/** The (table, field) pairs that records of other tables point to: the store keeps an index for each. */
export const pointedAt: readonly (readonly [table: string, field: string])[] = [
  ...families.map((family) => [`up_task_${family}_basic`, 'task_code'] as const),
  ...itemTables.map((table) => [table, 'task_handle_item'] as const),
  ['up_pro_accept', 'project_no'],
];

/** Items come before cases, a case before its steps, an item before what belongs to it; null when all is there. */
export function orderFault(table: string, record: UpRecord, holds: Holds): Fault | null {
  const reference = referenceOf(table, record);
  if (reference === null) return null;
  const value = record[reference.field];
  if (typeof value !== 'string' || value === '') return null;
  if (reference.tables.some((parent) => holds(parent, reference.field, value))) return null;
  return { field: reference.field, message: reference.message };
}

function referenceOf(table: string, record: UpRecord): Reference | null {
  if (table === 'up_pro_accept') {
    const item = record['task_handle_item'];
    const field = typeof item === 'string' && item !== '' ? 'task_handle_item' : 'task_code';
    return { field, tables: itemTables, message: '[关联]办件所属事项尚未汇聚' };
  }
  if (ofCase.has(table)) return { field: 'project_no', tables: ['up_pro_accept'], message: '[关联]办件受理信息尚未汇聚' };
  const family = families.find((name) => table.startsWith(`up_task_${name}_`));
  if (family === undefined || table === `up_task_${family}_basic`) return null;
  return { field: 'task_code', tables: [`up_task_${family}_basic`], message: '[关联]事项基本信息尚未汇聚' };
}
