import type { FileTable } from '../../src/port/source-setting.ts';
import type { Row } from '../../src/record/change.ts';
import type { WholeFile } from './folder.ts';
import { csvRows } from './csv.ts';
import { jsonlRows } from './jsonl.ts';
import type { ReadRows } from './rows.ts';
import { xlsxRows } from './xlsx.ts';

const formats: Readonly<Record<FileTable['format'], ReadRows>> = { csv: csvRows, jsonl: jsonlRows, xlsx: xlsxRows };

/** The rows of a file, one after the other. */
export function rowsOf(file: WholeFile, table: FileTable): AsyncGenerator<Row> {
  return formats[table.format](file.path, table);
}

/** Reads files page by page. A file is looked through to its end before its first row is given, so that a broken one is taken as a whole or not at all. */
export class FileReader {
  #open: { readonly key: string; readonly rows: AsyncGenerator<Row>; at: number } | null = null;
  readonly #sound = new Set<string>();

  /** So many rows after the first ones, and whether the file has ended. */
  async page(file: WholeFile, table: FileTable, { after, limit }: { readonly after: number; readonly limit: number }): Promise<{ readonly rows: readonly Row[]; readonly ended: boolean }> {
    const key = `${file.name} ${file.hash} ${JSON.stringify(table)}`;
    if (!this.#sound.has(key)) {
      for await (const row of rowsOf(file, table)) void row;
      this.#sound.add(key);
    }
    const open = this.#open?.key === key && this.#open.at === after ? this.#open : { key, rows: rowsOf(file, table), at: 0 };
    if (open !== this.#open) await this.close();
    this.#open = open;
    const rows: Row[] = [];
    for (;;) {
      if (rows.length === limit) return { rows, ended: false };
      const next = await open.rows.next();
      if (next.done === true) return { rows, ended: true };
      if (open.at >= after) rows.push(next.value);
      open.at += 1;
    }
  }

  async close(): Promise<void> {
    await this.#open?.rows.return(undefined);
    this.#open = null;
  }
}
