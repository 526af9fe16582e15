import { sm3 } from '../../src/intake/seal.ts';
import type { Selection } from '../../src/port/source.ts';
import type { Cell, Change, Row } from '../../src/record/change.ts';
import type { Mapped, SealedRecord } from '../../src/record/envelope.ts';
import type { Tables } from './source-in-memory.ts';

export type Dataset = 'items' | 'cases' | 'licences';

const children = { steps: 'up_pro_process', pauses: 'up_pro_special_procedure', papers: 'up_pro_material', results: 'up_pro_result' } as const;

/** What belongs to a case, by kind; each text is one child row. */
export type Kin = Partial<Record<keyof typeof children, readonly string[]>>;

const mainTable: Readonly<Record<Dataset, string>> = { items: 'up_task_general_basic', cases: 'up_pro_accept', licences: 'up_lic_data' };

/** What is read of a dataset's made-up tables. */
export function selectionOf(dataset: Dataset): Selection {
  return {
    table: dataset, key: 'ID', time: 'GXSJ', columns: ['NAME', 'IDENT', 'ITEM', 'BAD'], lookups: [],
    children: dataset === 'cases' ? Object.keys(children).map((name) => ({ name, table: name, parent: 'CASEID', columns: ['SAYS'], order: ['NO'] })) : [],
  };
}

/** A mapping as simple as can be: a row is a record, each child row another; `BAD` sets it aside. */
export function examineRow(dataset: Dataset): (change: Change) => Mapped {
  return (change) => {
    if (change.state === 'gone') return change;
    const { key, row } = change;
    const identity = text(row['IDENT'] ?? null) ?? (dataset === 'items' ? key : null);
    if (row['BAD'] !== null) {
      return {
        state: 'bad', key, identity, change, fingerprint: sm3(JSON.stringify(change)),
        problems: [{ code: String(row['BAD']), severity: 'refuse', table: mainTable[dataset], field: 'name' }],
      };
    }
    const records = [seal(mainTable[dataset], { row_guid: key, name: row['NAME'] ?? null })];
    for (const [name, table] of Object.entries(children)) {
      for (const child of change.children[name] ?? []) records.push(seal(table, { row_guid: `${key}-${name}-${String(child['NO'])}`, project_no: key, name: child['SAYS'] ?? null }));
    }
    const item = text(row['ITEM'] ?? null);
    return {
      state: 'good', key, identity, records, problems: [], need: item === null ? null : { dataset: 'items', identity: item },
      fingerprint: sm3(records.map((record) => `${record.table} ${record.digest}`).join('\n')),
    };
  };
}

/** A record closed for sending. */
export function seal(table: string, values: Readonly<Record<string, Cell>>): SealedRecord {
  const body = JSON.stringify(values);
  return { table, rowGuid: String(values['row_guid']), body, digest: sm3(body) };
}

/** The county's tables, and people who work in them. Every row put is stamped a second later than the one before. */
export class MadeUpCounty {
  readonly tables: Tables = { items: [], cases: [], licences: [], steps: [], pauses: [], papers: [], results: [] };
  #seconds = 0;

  put(dataset: Dataset, id: string, columns: Row = {}): void {
    this.remove(dataset, id);
    this.#seconds += 1;
    const stamp = new Date(Date.UTC(2026, 10, 20, 8) + this.#seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
    this.tables[dataset]?.push({ ID: id, GXSJ: stamp, NAME: `名称${id}`, IDENT: null, ITEM: null, BAD: null, ...columns });
  }

  putCase(id: string, kin: Kin, columns: Row = {}): void {
    this.put('cases', id, columns);
    for (const name of Object.keys(children) as (keyof typeof children)[]) {
      this.tables[name] = (this.tables[name] ?? []).filter((row) => row['CASEID'] !== id);
      (kin[name] ?? []).forEach((says, index) => this.tables[name]?.push({ CASEID: id, NO: index + 1, SAYS: says }));
    }
  }

  remove(dataset: Dataset, id: string): void {
    const rows = this.tables[dataset] ?? [];
    const at = rows.findIndex((row) => row['ID'] === id);
    if (at >= 0) rows.splice(at, 1);
  }
}

function text(cell: Cell): string | null {
  return cell === null ? null : String(cell);
}
