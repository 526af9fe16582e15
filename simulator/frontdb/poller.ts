import { takeBatch } from '../batch-intake.ts';
import { sm3 } from '../answer.ts';
import type { UpRecord } from '../record-check.ts';
import type { Region } from '../region.ts';
import type { RegionTable } from '../region-tables.ts';
import { localMoment } from '../local-moment.ts';
import { pascalCase } from '../players/taken.ts';
import { openDatabase, type Database, type Place, type Row } from './database.ts';
import { layOut, type Naming } from './lay-out.ts';

/** What a poller works with. */
export interface Polling {
  readonly region: Region;
  readonly tables: ReadonlyMap<string, RegionTable>;
  readonly place: Place;
  readonly everyMs: number;
}

/** Batches taken from one table at a time. */
const together = 20;

/** PostgreSQL plays the vendor who writes names with capitals. */
const namings: Readonly<Record<Place['engine'], Naming>> = {
  mariadb: { column: (field) => field, table: (name) => name },
  postgres: { column: pascalCase, table: (name) => (name === 'up_pro_special_procedure' ? 'up_pro_specialprocedure' : name) },
};

/** Items before cases, a case before its steps: the order in which the region can take them. */
const weight = (name: string): number => ['_basic', 'up_task_', 'up_pro_accept', 'up_pro_'].findIndex((part) => name.includes(part));

/** The region's side of an exchange database: takes rows whose flag is 0, writes down what is wrong with them, sets the flag. */
export async function startPoller({ region, tables, place, everyMs }: Polling): Promise<{ close(): Promise<void> }> {
  const database = openDatabase(place);
  const naming = namings[place.engine];
  await layOut(database, place.engine, { tables: tables.values(), naming });
  const poller = new Poller(region, database, naming);
  const order = [...tables.values()].toSorted((a, b) => weight(a.name) - weight(b.name));
  const working = (async (): Promise<void> => {
    while (!region.closing()) {
      // An exchange database that is away for a moment is polled again.
      for (const table of order) if (!region.closing()) await poller.poll(table).catch(() => undefined);
      await region.rest(everyMs);
    }
  })();
  return {
    close: async () => {
      await working;
      await database.close();
    },
  };
}

class Poller {
  readonly #region: Region;
  readonly #database: Database;
  readonly #naming: Naming;

  constructor(region: Region, database: Database, naming: Naming) {
    this.#region = region;
    this.#database = database;
    this.#naming = naming;
  }

  async poll(table: RegionTable): Promise<void> {
    const { quote } = this.#database;
    const [name, batch] = [quote(this.#naming.table(table.name)), quote(this.#naming.column('cd_batch'))];
    const waiting = await this.#database.ask(`select ${batch} as no, min(id) as first from ${name} where is_sync = '0' group by ${batch} order by first limit ${together}`);
    for (const { no } of waiting) {
      const rows = await this.#database.ask(`select * from ${name} where is_sync = '0' and ${batch} = ? order by id`, [no]);
      await this.#take(table, rows, String(no));
      await this.#database.ask(`update ${name} set is_sync = '1' where ${batch} = ?`, [no]);
    }
  }

  async #take(table: RegionTable, rows: readonly Row[], batchNo: string): Promise<void> {
    const compiled = this.#region.tables.get(table.name);
    if (compiled === undefined || rows.length === 0) return;
    const records = rows.map((row) => this.#recordOf(table, row));
    const batch = { batchNo, dataSource: String(records[0]?.['data_source']), digest: sm3(JSON.stringify(records)), records };
    const receipts = takeBatch(this.#region, compiled, { batch, struck: [] });
    for (const [at, { rowGuid, code, message }] of receipts.entries()) {
      if (code === '2') await this.#tell(table, { record: records[at] ?? {}, rowGuid, message: message ?? '' });
    }
  }

  async #tell(table: RegionTable, { record, rowGuid, message }: { readonly record: UpRecord; readonly rowGuid: string; readonly message: string }): Promise<void> {
    const now = localMoment(this.#region.wallMs(), this.#region.zone);
    const [into, row] = table.name === 'up_lic_data'
      ? ['dn_lic_data_error', { ...record, error_remark: message }] as const
      : ['dn_audit_abnormal', { err_type: '数据质量', remark: message, table_sql_name: table.name, table_name: table.title, table_row_guid: rowGuid, table_cd_batch: record['cd_batch'], table_cd_source: record['data_source'], table_cd_time: record['cd_time'], table_update_time: now, cd_time: now }] as const;
    const columns = Object.keys(row);
    await this.#database.ask(`insert into ${into} (${columns.map((name) => this.#database.quote(name)).join(', ')}) values (${columns.map(() => '?').join(', ')})`, Object.values(row));
  }

  /** An empty column is a field that was not sent. */
  #recordOf({ fields }: RegionTable, row: Row): UpRecord {
    return Object.fromEntries(fields.flatMap(({ name, type }) => {
      const value = row[this.#naming.column(name)];
      return value === null || value === undefined ? [] : [[name, type === 'int' ? Number(value) : String(value)]];
    }));
  }
}
