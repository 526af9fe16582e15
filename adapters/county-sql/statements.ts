import type { ChildSelection, LookupSelection, Selection, TableDescription } from '../../src/port/source.ts';
import { Asking, plain, type Dialect, type Question, type Select } from './dialect.ts';
import type { Mark, Position } from './position.ts';

/** The declared types of a table's columns, by name in small letters. */
export type ColumnTypes = ReadonlyMap<string, string>;

/** Every statement a county is asked: named columns only, in keyset pages, each value apart from the text. */
export class Statements {
  readonly #dialect: Dialect;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** Rows with a time after the position, or from its moment on when it names no row. A row without a key is no record. */
  changesAfter(selection: Selection, types: ColumnTypes, { position: { time: at, key: after }, limit }: { readonly position: Pick<Position, 'time' | 'key'>; readonly limit: number }): Question {
    const asking = new Asking(this.#dialect);
    const [time, key] = [this.#name(selection.time ?? ''), this.#name(selection.key)];
    const marked = (mark: Mark, column: string): string => asking.value(mark, typeOf(types, column));
    const where = at === '' ? `${time} is not null and ${key} is not null`
      : after === '' ? `${time} >= ${marked(at, selection.time ?? '')} and ${key} is not null`
        : this.#after(selection, { at, after }, marked);
    return this.#limited(selection, types, { where, order: [selection.time ?? '', selection.key], limit, asking });
  }

  /** Rows without a time, by key. */
  nullTimeAfter(selection: Selection, types: ColumnTypes, { after, limit }: { readonly after: Mark; readonly limit: number }): Question {
    return this.#byKey(selection, types, { where: `${this.#name(selection.time ?? '')} is null and `, after, limit });
  }

  /** Every row, by key. */
  everyAfter(selection: Selection, types: ColumnTypes, { after, limit }: { readonly after: Mark; readonly limit: number }): Question {
    return this.#byKey(selection, types, { where: '', after, limit });
  }

  one(selection: Selection, types: ColumnTypes, key: string): Question {
    const asking = new Asking(this.#dialect);
    const where = `${this.#name(selection.key)} = ${asking.value(key, typeOf(types, selection.key))}`;
    const published = this.#published(selection, types, asking);
    return { sql: text({ columns: this.#mainColumns(selection, types), from: this.#table(selection.table), where: where + published }), values: asking.values };
  }

  children(child: ChildSelection, types: ColumnTypes, parents: readonly Mark[]): Question {
    const asking = new Asking(this.#dialect);
    const where = this.#dialect.among(this.#name(child.parent), parents, asking, typeOf(types, child.parent));
    const order = this.#order([child.parent, ...child.order]);
    return { sql: text({ columns: this.#columns([child.parent, ...child.order, ...child.columns], { types, marks: [child.parent, ...child.order] }), from: this.#table(child.table), where, order }), values: asking.values };
  }

  lookups(lookup: LookupSelection, types: ColumnTypes, keys: readonly Mark[]): Question {
    const asking = new Asking(this.#dialect);
    const where = this.#dialect.among(this.#name(lookup.key), keys, asking, typeOf(types, lookup.key));
    return { sql: text({ columns: this.#columns([lookup.key, ...lookup.columns], { types, marks: [lookup.key] }), from: this.#table(lookup.table), where }), values: asking.values };
  }

  /** A table and columns the database itself has named, whatever signs are in their names. */
  sample({ table, columns }: TableDescription, limit: number): Question {
    const shown = columns.map(({ name, type }) => shownAs(this.#dialect, this.#dialect.quote(name), { type, whole: false })).join(', ');
    return { sql: this.#dialect.limited({ columns: shown, from: `${this.#dialect.table(table)} t` }, limit), values: [] };
  }

  #after({ time = '', key }: Selection, { at, after }: { readonly at: Mark; readonly after: Mark }, marked: (mark: Mark, column: string) => string): string {
    const [t, k] = [this.#name(time), this.#name(key)];
    const from = `${t} >= ${marked(at, time)}`;
    if (this.#dialect.rowValues) return `${from} and (${t}, ${k}) > (${marked(at, time)}, ${marked(after, key)})`;
    return `${from} and (${t} > ${marked(at, time)} or (${t} = ${marked(at, time)} and ${k} > ${marked(after, key)}))`;
  }

  /** The beginning is no value to compare with: to SQLite every number lies below every text, the empty one too. */
  #byKey(selection: Selection, types: ColumnTypes, { where, after, limit }: { readonly where: string; readonly after: Mark; readonly limit: number }): Question {
    const asking = new Asking(this.#dialect);
    const key = this.#name(selection.key);
    const beyond = after === '' ? 'is not null' : `> ${asking.value(after, typeOf(types, selection.key))}`;
    return this.#limited(selection, types, { where: `${where}${key} ${beyond}`, order: [selection.key], limit, asking });
  }

  #limited(selection: Selection, types: ColumnTypes, { where, order, limit, asking }: { readonly where: string; readonly order: readonly string[]; readonly limit: number; readonly asking: Asking }): Question {
    const published = this.#published(selection, types, asking);
    const select = { columns: this.#mainColumns(selection, types), from: this.#table(selection.table), where: where + published, order: this.#order(order) };
    return { sql: this.#dialect.limited(select, limit), values: asking.values };
  }

  #published(selection: Selection, types: ColumnTypes, asking: Asking): string {
    return Object.entries(selection.where ?? {})
      .map(([column, values]) => ` and ${this.#dialect.asText(this.#name(column), typeOf(types, column))} in (${values.map((value) => asking.raw(value)).join(', ')})`)
      .join('');
  }

  #mainColumns(selection: Selection, types: ColumnTypes): string {
    const { key, time, lookups, children } = selection;
    const pointers = [...lookups.map((lookup) => lookup.by), ...children.map((child) => child.by ?? key)];
    const place = [key, ...(time === undefined ? [] : [time])];
    return this.#columns([...place, ...selection.columns, ...pointers], { types, marks: [...place, ...pointers] });
  }

  /** Of marks, by which rows are found and told apart, the whole; a part of one would be another mark. */
  #columns(names: readonly string[], { types, marks }: { readonly types: ColumnTypes; readonly marks: readonly string[] }): string {
    return [...new Set(names)].map((name) => shownAs(this.#dialect, this.#name(name), { type: typeOf(types, name), whole: marks.includes(name) })).join(', ');
  }

  /** By the columns themselves: their bare names would mean what is shown of them. */
  #order(names: readonly string[]): string {
    return names.map((name) => `t.${this.#name(name)}`).join(', ');
  }

  #name(name: string): string {
    return this.#dialect.quote(plain(name));
  }

  #table(name: string): string {
    return `${this.#dialect.table(plain(name))} t`;
  }
}

/** A select without a limit. */
export function text({ columns, from, where, order }: Select): string {
  return `select ${columns} from ${from}${where === undefined ? '' : ` where ${where}`}${order === undefined ? '' : ` order by ${order}`}`;
}

function shownAs({ texts, beginning }: Dialect, column: string, { type, whole }: { readonly type: string; readonly whole: boolean }): string {
  const own = `t.${column}`;
  const all = texts?.shown(own, type) ?? own;
  const shown = whole ? all : beginning(all, type);
  return shown === own ? column : `${shown} as ${column}`;
}

export function typeOf(types: ColumnTypes, column: string): string {
  return types.get(column.toLowerCase()) ?? '';
}
