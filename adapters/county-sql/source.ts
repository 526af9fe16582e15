import type { Clock } from '../../src/port/clock.ts';
import type { Page, Selection, Source, TableDescription } from '../../src/port/source.ts';
import type { Cell, Change, Row } from '../../src/record/change.ts';
import type { Cursor } from '../../src/record/cursor.ts';
import type { Shape } from '../../src/port/shape.ts';
import { Failure } from '../../src/record/failure.ts';
import { plain, type Dialect, type Question } from './dialect.ts';
import type { Engine, Session } from './engine.ts';
import { withKin } from './kin.ts';
import { PageRows, weightOf } from './page-rows.ts';
import { advanced, begun, keepable, readPosition, rewound, writePosition, type Mark } from './position.ts';
import { Statements, typeOf, type ColumnTypes } from './statements.ts';
import { inRegionZone, zoneMinutes } from './zone.ts';

/** A county's database as a source, whatever its engine: read only, named columns only, in keyset pages. */
export function sqlSource(engine: Engine, clock: Clock): Source {
  const statements = new Statements(engine.dialect);
  const known = new Map<string, ColumnTypes>();
  const pages = new PageRows();
  let described: readonly TableDescription[] | undefined;
  const reading = async <T>(selection: Selection, work: (reading: Reading) => Promise<T>): Promise<T> => {
    checkNames(selection);
    try {
      return await engine.ask(async (session) => {
        await learn(session, selection, known);
        checkColumns(selection, known, engine.place);
        return work(new Reading(engine, { session, statements, known, selection }));
      });
    } catch (cause) {
      known.clear(); // a vendor's update may have changed the tables
      throw cause;
    }
  };
  const page = (selection: Selection, most: number, work: (on: Reading, limit: number) => Promise<Page>): Promise<Page> => reading(selection, async (on) => {
    const found = await work(on, pages.of(selection.table, Math.min(most, engine.pageRows)));
    pages.learn(selection.table, found.changes.length, on.weight);
    return found;
  });
  return {
    changes: (selection, cursor, most) => page(selection, most, (on, limit) => changes(on, { cursor, limit }, clock)),
    sweep: (selection, cursor, most) => page(selection, most, (on, limit) => sweep(on, { cursor, limit })),
    one: (selection, key) => reading(selection, async (on) => {
      const possible = engine.dialect.fits(key, typeOf(on.types, selection.key));
      const rows = possible ? await on.rows(statements.one(selection, on.types, key)) : [];
      return (await on.complete(rows))[0] ?? { state: 'gone', key };
    }),
    rewind: (cursor, minutes) => writePosition(rewound(readPosition(cursor), minutes)),
    behind: (selection, cursor) => reading(selection, async (on) => {
      const { time } = readPosition(cursor);
      if (selection.time === undefined || time === '') return false;
      return (await on.rows(statements.changesAfter(selection, on.types, { position: { time, key: '' }, limit: 1 }))).length === 0;
    }),
    shape: (selection) => {
      known.clear();
      return reading(selection, async () => shapeOf(selection, known));
    },
    describe: async () => {
      described = await engine.ask((session) => session.describe());
      return described;
    },
    sample: async (table, limit) => {
      described ??= await engine.ask((session) => session.describe());
      const found = described.find((one) => one.table === table);
      if (found === undefined) throw new Failure('TABLE_ABSENT', { source: engine.place, table });
      const rows = await engine.ask((session) => session.rows(statements.sample(found, limit)));
      return read(engine.dialect, rows, new Map(found.columns.map(({ name, type }) => [name.toLowerCase(), type])));
    },
    probe: (tables) => engine.ask(async (session) => await session.probe?.(tables) ?? null),
    close: () => engine.close(),
  };
}

interface Asked {
  readonly cursor: Cursor | null;
  readonly limit: number;
}

/** First the rows with a time, by (time, key); then those whose time is NULL, by key: they are read again in every run. */
async function changes(on: Reading, asked: Asked, clock: Clock): Promise<Page> {
  const { selection, statements, types, zone } = on;
  const { time, key } = selection;
  const { limit } = asked;
  if (time === undefined) return sweep(on, asked);
  const position = begun(readPosition(asked.cursor), { clock, zone });
  if (position.nullAfter === undefined) {
    const rows = await on.rows(statements.changesAfter(selection, types, { position, limit }));
    const reached = advanced(position, rows.map((row) => ({ time: markOf(row[time]), key: markOf(row[key]) })), { clock, zone });
    const next = rows.length < limit ? { ...reached, nullAfter: '' } : reached;
    return { changes: await on.complete(rows), cursor: keepable(next, { clock, zone }), resume: writePosition(next), caughtUp: false };
  }
  const rows = await on.rows(statements.nullTimeAfter(selection, types, { after: position.nullAfter, limit }));
  const last = rows.at(-1);
  const next = { ...position, nullAfter: last === undefined ? position.nullAfter : markOf(last[key]) };
  return { changes: await on.complete(rows), cursor: keepable(next, { clock, zone }), resume: writePosition(next), caughtUp: rows.length < limit };
}

async function sweep(on: Reading, { cursor, limit }: Asked): Promise<Page> {
  const after = readPosition(cursor).key;
  const rows = await on.rows(on.statements.everyAfter(on.selection, on.types, { after, limit }));
  const last = rows.at(-1);
  const key = last === undefined ? after : markOf(last[on.selection.key]);
  const next = writePosition({ time: '', key, floor: { time: '', key } });
  return { changes: await on.complete(rows), cursor: next, resume: next, caughtUp: rows.length < limit };
}

function markOf(cell: Cell | undefined): Mark {
  if (cell === undefined || cell === null) throw new TypeError('a row that was found by its time and key has neither');
  return cell;
}

interface Setting {
  readonly session: Session;
  readonly statements: Statements;
  readonly known: ReadonlyMap<string, ColumnTypes>;
  readonly selection: Selection;
}

/** One page being read, in one session. */
class Reading {
  readonly selection: Selection;
  readonly statements: Statements;
  /** Types of the main table's columns. */
  readonly types: ColumnTypes;
  readonly zone: number;
  /** Of all that was read. */
  weight = 0;
  readonly #engine: Engine;
  readonly #setting: Setting;

  constructor(engine: Engine, setting: Setting) {
    this.selection = setting.selection;
    this.statements = setting.statements;
    this.types = setting.known.get(setting.selection.table) ?? new Map();
    this.zone = zoneMinutes(engine.zone);
    this.#engine = engine;
    this.#setting = setting;
  }

  async rows(question: Question): Promise<readonly Row[]> {
    return this.#weighed(read(this.#engine.dialect, await this.#setting.session.rows(question), this.types));
  }

  /** The rows with what belongs to them, their times in the region's zone. */
  complete(rows: readonly Row[]): Promise<readonly Change[]> {
    const { statements } = this.#setting;
    return withKin(this.selection, this.#zoned(rows, this.selection.table), {
      children: (child, marks) => this.#kin(child.table, child.parent, marks, (types, some) => statements.children(child, types, some)),
      lookups: (lookup, marks) => this.#kin(lookup.table, lookup.key, marks, (types, some) => statements.lookups(lookup, types, some)),
    });
  }

  /** In questions of as many values as the engine takes; a value that the column cannot hold finds nothing and is not asked for. */
  async #kin(table: string, column: string, marks: readonly Mark[], question: (types: ColumnTypes, some: readonly Mark[]) => Question): Promise<readonly Row[]> {
    const { dialect } = this.#engine;
    const types = this.#setting.known.get(table) ?? new Map<string, string>();
    const fitting = marks.filter((mark) => dialect.fits(mark, typeOf(types, column)));
    const found: Row[] = [];
    for (let from = 0; from < fitting.length; from += dialect.mostAmong) {
      const rows = await this.#setting.session.rows(question(types, fitting.slice(from, from + dialect.mostAmong)));
      for (const row of this.#zoned(this.#weighed(read(dialect, rows, types)), table)) found.push(row);
    }
    return found;
  }

  #weighed(rows: readonly Row[]): readonly Row[] {
    this.weight += weightOf(rows);
    return rows;
  }

  #zoned(rows: readonly Row[], table: string): readonly Row[] {
    const types = this.#setting.known.get(table) ?? new Map<string, string>();
    return inRegionZone(rows, this.#engine.zone, (column) => this.#engine.dialect.moment(typeOf(types, column)));
  }
}

/** What came as text, where the dialect asked for it so. */
function read({ texts }: Dialect, rows: readonly Row[], types: ColumnTypes): readonly Row[] {
  if (texts === undefined) return rows;
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, texts.cell(cell, typeOf(types, column))])));
}

/** Reads the columns of every table of the selection once. */
async function learn(session: Session, { table, children, lookups }: Selection, known: Map<string, ColumnTypes>): Promise<void> {
  for (const name of [table, ...children.map((child) => child.table), ...lookups.map((lookup) => lookup.table)]) {
    if (!known.has(name)) known.set(name, await session.columns(name));
  }
}

function namesOf({ table, key, time, columns, where = {}, children, lookups }: Selection): readonly (readonly [table: string, columns: readonly string[]])[] {
  return [
    [table, [key, ...(time === undefined ? [] : [time]), ...columns, ...Object.keys(where)]],
    ...children.map((child) => [child.table, [child.parent, ...child.order, ...child.columns]] as const),
    ...lookups.map((lookup) => [lookup.table, [lookup.key, ...lookup.columns]] as const),
  ];
}

function shapeOf(selection: Selection, known: ReadonlyMap<string, ColumnTypes>): Shape {
  return Object.fromEntries(namesOf(selection).flatMap(([table, columns]) => columns.map((column) => [`${table}.${column}`, typeOf(known.get(table) ?? new Map(), column)] as const)));
}

function checkNames(selection: Selection): void {
  for (const [table, columns] of namesOf(selection)) for (const name of [table, ...columns]) plain(name);
}

/** Only names the database's own catalogue has are ever asked for. */
function checkColumns(selection: Selection, known: ReadonlyMap<string, ColumnTypes>, place: string): void {
  for (const [table, columns] of namesOf(selection)) {
    const types = known.get(table);
    if (types === undefined || types.size === 0) throw new Failure('TABLE_ABSENT', { source: place, table });
    const absent = columns.find((column) => !types.has(column.toLowerCase()));
    if (absent !== undefined) throw new Failure('COLUMN_ABSENT', { column: `${table}.${absent}` });
  }
}
