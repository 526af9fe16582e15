import type { Field, RegionTable } from '../region-tables.ts';
import type { Database, Place } from './database.ts';

/** How the exchange database names things. */
export interface Naming {
  readonly column: (field: string) => string;
  readonly table: (name: string) => string;
}

/**
 * Makes the tables where they are missing, after the public DDL: a number of their own, no unique key on row_guid, and a
 * flag for the poller. Business columns may be empty: a removal fills in none of them.
 */
export async function layOut(database: Database, engine: Place['engine'], { tables, naming }: { readonly tables: Iterable<RegionTable>; readonly naming: Naming }): Promise<void> {
  const id = engine === 'mariadb' ? 'id bigint auto_increment primary key' : 'id bigserial primary key';
  const line = ({ name, type, length }: Pick<Field, 'name' | 'type' | 'length'>, quoted: string): string => {
    if (type === 'int') return `${quoted} int`;
    if (type === 'datetime') return `${quoted} ${engine === 'mariadb' ? 'datetime' : 'timestamp(0)'}`;
    return `${quoted} ${(length ?? 0) > 200 || name === 'remark' ? 'text' : `varchar(${length ?? 100})`}`;
  };
  const make = async (name: string, lines: readonly string[]): Promise<void> => {
    await database.ask(`create table if not exists ${database.quote(name)} (${[id, ...lines].join(', ')})${engine === 'mariadb' ? ' character set utf8mb4' : ''}`);
  };
  for (const table of tables) {
    const lines = table.fields.map((field) => line(field, database.quote(naming.column(field.name))));
    await make(naming.table(table.name), [...lines, 'is_sync varchar(1)']);
    if (table.name === 'up_lic_data') await make('dn_lic_data_error', [...table.fields.map((field) => line(field, database.quote(field.name))), 'error_remark varchar(512)']);
  }
  const abnormal = ['err_type', 'remark', 'table_sql_name', 'table_name', 'table_row_guid', 'table_cd_batch', 'table_cd_source', 'table_cd_time', 'table_update_time', 'cd_time'];
  await make('dn_audit_abnormal', abnormal.map((name) => line({ name, type: 'varchar', length: 100 }, name)));
}
