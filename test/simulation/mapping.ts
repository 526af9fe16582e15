import type { Selection } from '../../src/port/source.ts';
import type { Change, Row } from '../../src/record/change.ts';
import type { Mapped, SealedRecord } from '../../src/record/envelope.ts';
import type { Dataset } from './county.ts';

const children = [['steps', 'up_pro_process'], ['papers', 'up_pro_material']] as const;

/** What is read of a dataset. */
export function selectionOf(dataset: Dataset): Selection {
  return {
    table: dataset, key: 'ID', time: 'GXSJ', columns: ['NAME', 'CODE', 'ITEM', 'BAD', 'STATE', 'SALT'], lookups: [],
    children: dataset === 'items' ? [] : children.map(([name]) => ({ name, table: name, parent: 'CASEID', columns: ['SAYS'], order: ['NO'] })),
  };
}

/** The mapping the engine is given: a row is a record, each child row another; digest and body are the same, nothing is hashed. */
export function examinerOf(dataset: Dataset): (change: Change) => Mapped {
  return (change) => {
    if (change.state === 'gone' || change.row['STATE'] === '9') return { state: 'gone', key: change.key };
    const { key, row } = change;
    const identity = String(row['CODE']);
    if (row['BAD'] !== null) {
      return {
        state: 'bad', key, identity, change, fingerprint: JSON.stringify([row, change.children]),
        problems: [{ code: 'VALUE_MISSING', severity: 'refuse', table: dataset, field: 'name' }],
      };
    }
    const records = dataset === 'items' ? [item(key, row)] : caseOf(key, row, change.children);
    return {
      state: 'good', key, identity, records, problems: [], fingerprint: records.map((record) => record.body).join(),
      need: row['ITEM'] === null ? null : { dataset: 'items', identity: String(row['ITEM']) },
    };
  };
}

function item(key: string, row: Row): SealedRecord {
  return sealed('up_task_general_basic', { row_guid: `items-${key}-${String(row['SALT'])}`, name: row['NAME'] ?? null, code: row['CODE'] ?? null });
}

function caseOf(key: string, row: Row, kin: Readonly<Record<string, readonly Row[]>>): readonly SealedRecord[] {
  const guid = `cases-${key}-${String(row['SALT'])}`;
  const main = sealed('up_pro_accept', { row_guid: guid, name: row['NAME'] ?? null, code: row['CODE'] ?? null, item: row['ITEM'] ?? null });
  const belonging = children.flatMap(([name, table]) => (kin[name] ?? []).map((child) => (
    sealed(table, { row_guid: `${guid}-${name}-${String(child['NO'])}`, project_no: guid, says: child['SAYS'] ?? null }))));
  return [main, ...belonging];
}

function sealed(table: string, values: Readonly<Record<string, string | number | null>>): SealedRecord {
  const body = JSON.stringify(values);
  return { table, rowGuid: String(values['row_guid']), body, digest: body };
}
