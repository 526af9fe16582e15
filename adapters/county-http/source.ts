import type { Clock } from '../../src/port/clock.ts';
import type { Page, Selection, Source, TableDescription } from '../../src/port/source.ts';
import type { HttpSetting, HttpTable } from '../../src/port/source-setting.ts';
import type { Change, Row } from '../../src/record/change.ts';
import type { Cursor } from '../../src/record/cursor.ts';
import { Failure } from '../../src/record/failure.ts';
import { withKin } from '../county-sql/kin.ts';
import { rewound } from '../county-sql/position.ts';
import { zoneMinutes } from '../county-sql/zone.ts';
import { Asker, valueAt } from './answer.ts';
import { addressOf, rowOfRecord, Walk } from './walk.ts';

/**
 * A county's system over HTTP as a source. Pages are read as the system gives them, in any order: until the last one has come, the
 * kept cursor stays at the time the reading began from, so that a reading broken off begins anew and loses nothing.
 */
export function openSource(setting: HttpSetting, clock: Clock): Source {
  const desk = new HttpDesk(setting, clock);
  return {
    changes: (selection, cursor, limit) => desk.read(selection, { cursor, limit, since: true }),
    sweep: (selection, cursor, limit) => desk.read(selection, { cursor, limit, since: false }),
    one: (selection, key) => desk.one(selection, key),
    rewind: (cursor, minutes) => JSON.stringify({ t: String(rewound({ time: placeOf(cursor).t, key: '', floor: { time: '', key: '' } }, minutes).time) }),
    describe: () => desk.describe(),
    sample: async (table, limit) => (await desk.first(table)).slice(0, limit),
    close: async () => desk.close(),
  };
}

/** Readings under way at a time. */
const mostWalks = 8;

/** `t`: the newest time that has been read; `walk`, `rows`: where this reading stands. */
interface Place {
  readonly t: string;
  readonly walk?: number;
  readonly rows?: number;
}

interface Walking {
  readonly number: number;
  readonly pages: Walk;
  readonly began: string;
  readonly newest: string;
  readonly read: number;
  readonly rest: readonly Row[];
  readonly ended: boolean;
}

class HttpDesk {
  readonly #setting: HttpSetting;
  readonly #clock: Clock;
  readonly #asker: Asker;
  readonly #walks = new Map<string, Walking>();
  readonly #kin = new Map<string, { readonly walk: number; readonly rows: readonly Row[] }>();
  #count = 0;

  constructor(setting: HttpSetting, clock: Clock) {
    this.#setting = setting;
    this.#clock = clock;
    this.#asker = new Asker(setting);
  }

  async read(selection: Selection, { cursor, limit, since }: { readonly cursor: Cursor | null; readonly limit: number; readonly since: boolean }): Promise<Page> {
    const place = placeOf(cursor);
    const stream = `${since ? 'changes' : 'sweep'} ${selection.table} ${place.walk ?? ''}`;
    const known = place.walk === undefined ? undefined : this.#walks.get(stream);
    const walking = known !== undefined && known.read === place.rows ? known : this.#begun(selection.table, place.t, since);
    const { rows, now } = await this.#filled(walking, limit, selection);
    this.#walks.delete(stream);
    const [oldest] = this.#walks.keys();
    if (oldest !== undefined && this.#walks.size >= mostWalks) this.#walks.delete(oldest); // one broken off; were it not, it begins anew
    if (!now.ended) this.#walks.set(`${since ? 'changes' : 'sweep'} ${selection.table} ${now.number}`, now);
    const resume = JSON.stringify({ t: now.began, walk: now.number, rows: now.read });
    return { changes: await this.#complete(selection, rows, now.number), cursor: JSON.stringify({ t: now.ended ? now.newest : now.began }), resume, caughtUp: now.ended };
  }

  async one(selection: Selection, key: string): Promise<Change> {
    const table = this.#table(selection.table);
    const found = table.one === undefined ? await this.#search(selection, key) : await this.#asked(table, key);
    const [change] = found === null ? [] : await this.#complete(selection, [found], -1);
    return change ?? { state: 'gone', key };
  }

  async describe(): Promise<readonly TableDescription[]> {
    const described: TableDescription[] = [];
    for (const table of Object.keys(this.#setting.tables)) {
      const rows = await this.first(table);
      const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
      described.push({ table, rows: rows.length, columns: columns.map((name) => ({ name, type: 'json', nullable: true })) });
    }
    return described;
  }

  async first(table: string): Promise<readonly Row[]> {
    return await this.#walk(table, null).page() ?? [];
  }

  close(): void {
    this.#asker.close();
  }

  #begun(table: string, since: string, changes: boolean): Walking {
    this.#count += 1;
    return { number: this.#count, pages: this.#walk(table, changes && since !== '' ? since : null), began: since, newest: since, read: 0, rest: [], ended: false };
  }

  #walk(name: string, since: string | null): Walk {
    return new Walk(this.#asker, { setting: this.#setting, table: this.#table(name), since });
  }

  /** Rows up to the limit; what a page of the system has beyond it waits for the next time. */
  async #filled(walking: Walking, limit: number, { time }: Selection): Promise<{ readonly rows: readonly Row[]; readonly now: Walking }> {
    let { rest } = walking;
    let ended = false;
    while (rest.length < limit && !ended) {
      const page = await walking.pages.page();
      ended = page === null;
      rest = [...rest, ...page ?? []];
    }
    const rows = rest.slice(0, limit);
    const now = this.#now();
    const newest = time === undefined ? '' : rows.map((row) => String(row[time] ?? '')).filter((at) => at <= now).reduce((one, other) => (other > one ? other : one), walking.newest);
    return { rows, now: { ...walking, newest, read: walking.read + rows.length, rest: rest.slice(limit), ended: ended && rest.length <= limit } };
  }

  /** At the county, as its times are written. */
  #now(): string {
    return new Date(this.#clock.wallMs() + zoneMinutes(this.#setting.zone) * 60_000).toISOString().slice(0, 19).replace('T', ' ');
  }

  async #complete(selection: Selection, rows: readonly Row[], walk: number): Promise<readonly Change[]> {
    const { key, time, columns, where = {} } = selection;
    const wanted = new Set([key, ...(time === undefined ? [] : [time]), ...columns, ...selection.lookups.map((lookup) => lookup.by), ...selection.children.map((child) => child.by ?? key)]);
    const published = rows.filter((row) => (row[key] ?? null) !== null && Object.entries(where).every(([column, values]) => values.includes(String(row[column]))));
    const cut = published.map((row) => Object.fromEntries([...wanted].map((column) => [column, row[column] ?? null])));
    return withKin(selection, cut, {
      children: async (child, parents) => sorted((await this.#whole(child.table, walk)).filter((row) => includes(parents, row[child.parent])), child.order),
      lookups: async (lookup, keys) => (await this.#whole(lookup.table, walk)).filter((row) => includes(keys, row[lookup.key])),
    });
  }

  /** A table that others point to, read as a whole, once for each reading. */
  async #whole(name: string, walk: number): Promise<readonly Row[]> {
    const known = this.#kin.get(name);
    if (known !== undefined && known.walk === walk) return known.rows;
    const pages = this.#walk(name, null);
    const rows: Row[] = [];
    for (let page = await pages.page(); page !== null; page = await pages.page()) rows.push(...page);
    this.#kin.set(name, { walk, rows });
    return rows;
  }

  async #search({ table, key: column }: Selection, key: string): Promise<Row | null> {
    const pages = this.#walk(table, null);
    for (let page = await pages.page(); page !== null; page = await pages.page()) {
      const row = page.find((one) => String(one[column]) === key);
      if (row !== undefined) return row;
    }
    return null;
  }

  async #asked({ one = '', records, columns }: HttpTable, key: string): Promise<Row | null> {
    const body = await this.#asker.ask(addressOf(this.#setting, one.replace('{key}', encodeURIComponent(key))));
    const list = valueAt(body, records);
    return rowOfRecord(Array.isArray(list) ? list[0] : valueAt(body, records.split('.').slice(0, -1).join('.')), columns);
  }

  #table(name: string): HttpTable {
    const table = this.#setting.tables[name];
    if (table === undefined) throw new Failure('TABLE_ABSENT', { source: this.#setting.url, table: name });
    return table;
  }
}

function placeOf(cursor: Cursor | null): Place {
  return cursor === null ? { t: '' } : JSON.parse(cursor) as Place;
}

function includes(marks: readonly (string | number)[], cell: Row[string] | undefined): boolean {
  return marks.some((mark) => String(mark) === String(cell));
}

function sorted(rows: readonly Row[], order: readonly string[]): readonly Row[] {
  return rows.toSorted((one, other) => order.reduce((sum, name) => sum || (one[name] === other[name] ? 0 : (one[name] ?? '') < (other[name] ?? '') ? -1 : 1), 0));
}
