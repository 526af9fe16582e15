import type { DatabaseSync } from 'node:sqlite';

/** What a column would be on a database server, told by what is in it. */
export type Kind = 'whole' | 'moment' | 'day' | 'short' | 'long';

export interface Column {
  readonly name: string;
  readonly kind: Kind;
}

/** A table as it is to be made elsewhere; its first column is its key where no two rows share it. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly key: string | null;
  readonly indexes: readonly (readonly string[])[];
}

const longestShort = 120;

/** The tables of a county's file, with the types a vendor would have given them: times that are all times become times. */
export function tablesOf(county: DatabaseSync): readonly Table[] {
  const names = county.prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name`).all().map((row) => String(row['name']));
  return names.map((name) => {
    const info = county.prepare('select name, type, pk from pragma_table_info(?)').all(name) as { name: string; type: string; pk: number }[];
    const indexes = (county.prepare(`select name from pragma_index_list(?) where origin = 'c'`).all(name) as { name: string }[])
      .map((index) => (county.prepare('select name from pragma_index_info(?)').all(index.name) as { name: string }[]).map((column) => column.name));
    const indexed = new Set([...indexes.flat(), ...info.filter((column) => column.pk > 0).map((column) => column.name)]);
    return {
      name, indexes, key: info.find((column) => column.pk > 0)?.name ?? null,
      columns: info.map((column) => columnOf(county, { table: name, name: column.name, whole: /int/i.test(column.type), indexed: indexed.has(column.name) })),
    };
  });
}

function columnOf(county: DatabaseSync, { table, name, whole, indexed }: { readonly table: string; readonly name: string; readonly whole: boolean; readonly indexed: boolean }): Column {
  const seen = county.prepare(`select max(length("${name}")) as longest, count("${name}") as filled,
      sum(typeof("${name}") not in ('null', 'integer')) as unwhole,
      sum("${name}" is not null and not (length("${name}") = 19 and "${name}" >= '1000' and datetime("${name}") is "${name}")) as untimely,
      sum("${name}" is not null and not (length("${name}") = 10 and "${name}" >= '1000' and date("${name}") is "${name}")) as undated
    from "${table}"`).get() as { longest: number | null; filled: number; unwhole: number | null; untimely: number; undated: number };
  const length = Math.max(seen.longest ?? 0, 1);
  const kind: Kind = whole && (seen.unwhole ?? 0) === 0 ? 'whole' : seen.filled === 0 ? 'short' : seen.untimely === 0 ? 'moment' : seen.undated === 0 ? 'day' : indexed || length <= longestShort ? 'short' : 'long';
  return { name, kind };
}

/** Rows of a table in lists of values, so many at a time. */
export function* rowsOf(county: DatabaseSync, table: Table, most: number): Generator<readonly (readonly (string | number | null)[])[]> {
  const statement = county.prepare(`select ${table.columns.map((column) => `"${column.name}"`).join(', ')} from "${table.name}"`);
  statement.setReturnArrays(true);
  let rows: (string | number | null)[][] = [];
  for (const row of statement.iterate() as unknown as Iterable<(string | number | null)[]>) {
    rows.push(row);
    if (rows.length === most) {
      yield rows;
      rows = [];
    }
  }
  if (rows.length > 0) yield rows;
}
