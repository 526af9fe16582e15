import type { Clock } from '../../src/port/clock.ts';
import type { Page, Selection, Source, TableDescription } from '../../src/port/source.ts';
import type { FilesSetting, FileTable } from '../../src/port/source-setting.ts';
import type { Row } from '../../src/record/change.ts';
import type { Cursor } from '../../src/record/cursor.ts';
import { Failure } from '../../src/record/failure.ts';
import { withKin } from '../county-sql/kin.ts';
import { Folder, starOf, type WholeFile } from './folder.ts';
import { FileKin } from './kin.ts';
import { cursorsOf, readPlace, sameFile, type Place } from './place.ts';
import { FileReader, rowsOf } from './reader.ts';
import { SftpCarrier } from './sftp.ts';

/** A county's folder as a source: files taken only when whole, once each by name and content, put away when what was in them has been kept. */
export function openSource(setting: FilesSetting, clock: Clock): Source {
  const desk = new FileDesk(setting, clock);
  return {
    changes: (selection, cursor, limit) => desk.changes(selection, cursor, limit),
    sweep: (selection, cursor, limit) => desk.sweep(selection, cursor, limit),
    one: (selection, key) => desk.one(selection, key),
    rewind: (cursor) => cursor,
    describe: () => desk.describe(),
    sample: (table, limit) => desk.sample(table, limit),
    close: () => desk.close(),
  };
}

class FileDesk {
  readonly #setting: FilesSetting;
  readonly #folder: Folder;
  readonly #kin: FileKin;
  readonly #reader = new FileReader();

  constructor(setting: FilesSetting, clock: Clock) {
    this.#setting = setting;
    this.#folder = new Folder(setting, clock, setting.sftp === undefined ? null : new SftpCarrier(setting.sftp, setting, clock));
    this.#kin = new FileKin(setting, this.#folder);
  }

  /** File after file by name; within a page only rows of one file. A later run first puts away what the kept cursor proves to have been read. */
  async changes(selection: Selection, cursor: Cursor | null, limit: number): Promise<Page> {
    const table = this.#table(selection.table);
    const begins = readPlace(cursor);
    if (!begins.running) await this.#folder.bring();
    const place = await this.#tidied(selection, begins);
    const waiting = (await this.#folder.waiting(table.file)).filter((file) => !place.read.some((one) => sameFile(one, file)));
    const begun = waiting.find((file) => place.within !== null && sameFile(place.within, file));
    const file = begun ?? waiting[0];
    if (file === undefined) return { changes: [], ...cursorsOf({ read: place.read, within: null }), caughtUp: true };
    const after = begun === undefined ? 0 : place.within?.rows ?? 0;
    const { rows, ended } = await this.#reader.page(file, table, { after, limit });
    const { name, hash } = file;
    const next = ended ? { read: [...place.read, { name, hash }], within: null } : { read: place.read, within: { name, hash, rows: after + rows.length } };
    return { changes: await this.#complete(selection, file, rows), ...cursorsOf(next), caughtUp: ended && waiting.length === 1 };
  }

  /** Every row of the newest file, which must hold everything there is. */
  async sweep(selection: Selection, cursor: Cursor | null, limit: number): Promise<Page> {
    const table = this.#table(selection.table);
    if (table.content !== 'full') throw new Failure('FILES_NOT_FULL', { table: selection.table });
    const place = readPlace(cursor);
    if (!place.running) await this.#folder.bring();
    const files = [...await this.#folder.taken(table.file), ...await this.#folder.waiting(table.file)];
    const file = place.within === null ? files.at(-1) : files.findLast((one) => place.within !== null && sameFile(one, place.within));
    if (file === undefined) throw new Failure('FILE_AWAITED', { folder: this.#setting.folder, file: table.file });
    const after = place.within?.rows ?? 0;
    const { rows, ended } = await this.#reader.page(file, table, { after, limit });
    const { cursor: kept, resume } = cursorsOf({ read: [], within: { name: file.name, hash: file.hash, rows: after + rows.length } });
    return { changes: await this.#complete(selection, file, rows), cursor: kept, resume, caughtUp: ended };
  }

  /** In the newest file that has it. */
  async one(selection: Selection, key: string): ReturnType<Source['one']> {
    const table = this.#table(selection.table);
    const files = [...await this.#folder.taken(table.file), ...await this.#folder.waiting(table.file)];
    for (const file of files.toReversed()) {
      let found: Row | null = null;
      for await (const row of rowsOf(file, table)) if (String(row[selection.key]) === key) found = row;
      const [change] = found === null ? [] : await this.#complete(selection, file, [found]);
      if (change !== undefined) return change;
      if (table.content === 'full') break;
    }
    return { state: 'gone', key };
  }

  /** Columns are those of the newest file of each table; before the first file of one nobody can say. */
  async describe(): Promise<readonly TableDescription[]> {
    await this.#folder.bring();
    const described: TableDescription[] = [];
    for (const [name, table] of Object.entries(this.#setting.tables)) {
      const columns = new Set<string>();
      let rows = 0;
      for await (const row of rowsOf(await this.#newest(table), table)) {
        for (const column of rows < 100 ? Object.keys(row) : []) columns.add(column);
        rows += 1;
      }
      described.push({ table: name, rows, columns: [...columns].map((column) => ({ name: column, type: 'text', nullable: true })) });
    }
    return described;
  }

  async sample(name: string, limit: number): Promise<readonly Row[]> {
    await this.#folder.bring();
    const table = this.#table(name);
    const rows: Row[] = [];
    for await (const row of rowsOf(await this.#newest(table), table)) {
      rows.push(row);
      if (rows.length === limit) break;
    }
    return rows;
  }

  close(): Promise<void> {
    return this.#reader.close();
  }

  /** The place without what has been put away. */
  async #tidied(selection: Selection, place: Place): Promise<Place> {
    if (place.running) return place;
    for (const file of place.read) {
      for (const child of selection.children) await this.#putAwayBatch(selection.table, child.table, file.name);
      await this.#folder.putAway(file);
    }
    for (const file of await this.#folder.repeated(this.#table(selection.table).file)) await this.#folder.putAway(file);
    return { ...place, read: [] };
  }

  /** Child rows that came in a file of the same batch go with it. */
  async #putAwayBatch(main: string, child: string, name: string): Promise<void> {
    const [own, other] = [this.#table(main).file, this.#table(child).file];
    if (!own.includes('*') || !other.includes('*') || starOf(other, name) !== null) return;
    for (const file of await this.#folder.waiting(other)) if (starOf(other, file.name) === starOf(own, name)) await this.#folder.putAway(file);
  }

  async #complete(selection: Selection, file: WholeFile, rows: readonly Row[]): ReturnType<typeof withKin> {
    const { key, time, columns, where = {} } = selection;
    const [first] = rows;
    const named = [key, ...(time === undefined ? [] : [time]), ...columns];
    const absent = first === undefined || this.#table(selection.table).format === 'jsonl' ? undefined : named.find((column) => !(column in first));
    if (absent !== undefined) throw new Failure('COLUMN_ABSENT', { column: `${selection.table}.${absent}` });
    const published = rows.filter((row) => (row[key] ?? null) !== null && Object.entries(where).every(([column, values]) => values.includes(String(row[column]))));
    const wanted = new Set([...named, ...selection.lookups.map((lookup) => lookup.by), ...selection.children.map((child) => child.by ?? key)]);
    const cut = published.map((row) => Object.fromEntries([...wanted].map((column) => [column, row[column] ?? null])));
    return withKin(selection, cut, this.#kin.beside(file, selection.table));
  }

  async #newest(table: FileTable): Promise<WholeFile> {
    const file = [...await this.#folder.taken(table.file), ...await this.#folder.waiting(table.file)].at(-1);
    if (file === undefined) throw new Failure('FILE_AWAITED', { folder: this.#setting.folder, file: table.file });
    return file;
  }

  #table(name: string): FileTable {
    const table = this.#setting.tables[name];
    if (table === undefined) throw new Failure('TABLE_ABSENT', { source: this.#setting.folder, table: name });
    return table;
  }
}
