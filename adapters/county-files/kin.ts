import type { FilesSetting } from '../../src/port/source-setting.ts';
import type { Row } from '../../src/record/change.ts';
import { Failure } from '../../src/record/failure.ts';
import type { KinFinder } from '../county-sql/kin.ts';
import type { Mark } from '../county-sql/position.ts';
import { starOf, type Folder, type WholeFile } from './folder.ts';
import { rowsOf } from './reader.ts';

/** Other tables' rows beside the file being read: from the same file, else from the one of the same batch, else from the newest. */
export class FileKin {
  readonly #setting: FilesSetting;
  readonly #folder: Folder;
  readonly #indexes = new Map<string, ReadonlyMap<string, readonly Row[]>>();

  constructor(setting: FilesSetting, folder: Folder) {
    this.#setting = setting;
    this.#folder = folder;
  }

  beside(file: WholeFile, table: string): KinFinder {
    return {
      children: async (child, parents) => sorted(await this.#rows({ file, table }, { table: child.table, column: child.parent, columns: [...child.columns, ...child.order] }, parents), child.order),
      lookups: (lookup, keys) => this.#rows({ file, table }, { table: lookup.table, column: lookup.key, columns: lookup.columns }, keys),
    };
  }

  /** The file that a table's rows beside another file come from. */
  async fileFor(beside: { readonly file: WholeFile; readonly table: string }, table: string): Promise<WholeFile> {
    const pattern = this.#setting.tables[table]?.file ?? '';
    const own = this.#setting.tables[beside.table]?.file ?? '';
    if (starOf(pattern, beside.file.name) !== null) return beside.file;
    const found = [...await this.#folder.taken(pattern), ...await this.#folder.waiting(pattern)];
    const batch = starOf(own, beside.file.name);
    const file = found.findLast((one) => own.includes('*') && starOf(pattern, one.name) === batch) ?? found.at(-1);
    if (file === undefined) throw new Failure('FILE_AWAITED', { folder: this.#setting.folder, file: pattern });
    return file;
  }

  async #rows(beside: { readonly file: WholeFile; readonly table: string }, { table, column, columns }: { readonly table: string; readonly column: string; readonly columns: readonly string[] }, marks: readonly Mark[]): Promise<readonly Row[]> {
    const file = await this.fileFor(beside, table);
    const index = await this.#index(file, table, column);
    const absent = columns.find((name) => index.size > 0 && [...index.values()][0]?.[0]?.[name] === undefined);
    if (absent !== undefined && this.#setting.tables[table]?.format !== 'jsonl') throw new Failure('COLUMN_ABSENT', { column: `${table}.${absent}` });
    return [...new Set(marks.map(String))].flatMap((mark) => index.get(mark) ?? []);
  }

  /** Kept for the two files used last. */
  async #index(file: WholeFile, table: string, column: string): Promise<ReadonlyMap<string, readonly Row[]>> {
    const key = `${table} ${column} ${file.hash}`;
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const setting = this.#setting.tables[table];
    if (setting === undefined) throw new Failure('TABLE_ABSENT', { source: this.#setting.folder, table });
    const index = new Map<string, Row[]>();
    for await (const row of rowsOf(file, setting)) {
      const mark = row[column] ?? null;
      if (mark === null) continue;
      const rows = index.get(String(mark));
      if (rows === undefined) index.set(String(mark), [row]);
      else rows.push(row);
    }
    if (this.#indexes.size >= 8) this.#indexes.clear();
    this.#indexes.set(key, index);
    return index;
  }
}

/** Rows in the mapping's order; numbers by what they are worth, as a database would. */
function sorted(rows: readonly Row[], order: readonly string[]): readonly Row[] {
  return rows.toSorted((one, other) => order.reduce((sum, name) => sum || compared(one[name] ?? '', other[name] ?? ''), 0));
}

function compared(one: string | number, other: string | number): number {
  if (String(one) === String(other)) return 0;
  const [a, b] = [Number(one), Number(other)];
  if (one !== '' && other !== '' && !Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  return String(one) < String(other) ? -1 : 1;
}
