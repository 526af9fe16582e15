import type { HttpSetting, HttpTable } from '../../src/port/source-setting.ts';
import type { Row } from '../../src/record/change.ts';
import { Failure } from '../../src/record/failure.ts';
import { cellFrom, rowFrom } from '../county-sql/json-cells.ts';
import { textAt, valueAt, type Asker } from './answer.ts';

/** More pages than any county has; one that never ends is ended here. */
const mostPages = 100_000;

/** Goes through the pages of one question, and notices when they repeat, go round in a ring, or end too early. */
export class Walk {
  readonly #asker: Asker;
  readonly #setting: HttpSetting;
  readonly #table: HttpTable;
  readonly #since: string | null;
  readonly #met = new Set<string>();
  #next: URL | null;
  #page: number;
  #rows = 0;

  constructor(asker: Asker, { setting, table, since }: { readonly setting: HttpSetting; readonly table: HttpTable; readonly since: string | null }) {
    this.#asker = asker;
    this.#setting = setting;
    this.#table = table;
    this.#since = since;
    this.#page = table.paging.by === 'page' ? table.paging.first : 0;
    this.#next = this.#question({});
  }

  /** The next page's rows; null behind the last one. */
  async page(): Promise<readonly Row[] | null> {
    const { paging, records } = this.#table;
    if (this.#next === null) return null;
    if (this.#met.has(this.#next.href) || this.#met.size >= mostPages) throw this.#wrong('PAGES_RING');
    this.#met.add(this.#next.href);
    const body = await this.#asker.ask(this.#next);
    const list = valueAt(body, records);
    if (!Array.isArray(list)) {
      if (body !== null && (list === null || list === undefined) && this.#rows === 0 && textAt(body, this.#table.total ?? '') === '0') return this.#ended();
      throw new Failure('ANSWER_WITHOUT_RECORDS', { source: this.#setting.url, path: records });
    }
    const rows = list.map((record) => this.#row(record));
    this.#unlikeBefore(rows);
    this.#rows += rows.length;
    const total = this.#table.total === undefined ? null : Number(textAt(body, this.#table.total));
    this.#next = this.#following(body, { rows: rows.length, total });
    if (this.#next === null && total !== null && this.#rows < total) throw new Failure('PAGES_SHORT', { source: this.#setting.url, rows: this.#rows, total });
    return rows.length === 0 && paging.by !== 'none' && this.#next === null ? null : rows;
  }

  /** By pages: on to an empty one, because a server may give fewer rows than it was asked for. */
  #following(body: unknown, { rows, total }: { readonly rows: number; readonly total: number | null }): URL | null {
    const { paging } = this.#table;
    switch (paging.by) {
      case 'none': return null;
      case 'page': {
        if (rows === 0 || (total !== null && this.#rows >= total)) return null;
        this.#page += 1;
        return this.#question({});
      }
      case 'cursor': {
        const token = textAt(body, paging.next);
        return token === null ? null : this.#question({ [paging.cursor]: token });
      }
      case 'link': {
        const link = textAt(body, paging.next);
        if (link === null) return null;
        const here = new URL(this.#setting.url);
        const next = URL.canParse(link, this.#next ?? here) ? new URL(link, this.#next ?? here) : null;
        if (next === null || next.origin !== here.origin) throw this.#wrong('LINK_ELSEWHERE');
        return next;
      }
    }
  }

  #question(more: Readonly<Record<string, string>>): URL {
    const { path, query, paging, since } = this.#table;
    const url = addressOf(this.#setting, path);
    const sized = 'size' in paging && paging.size !== undefined ? { [paging.size]: String(paging.rows) } : {};
    const paged = paging.by === 'page' ? { [paging.page]: String(this.#page) } : {};
    const changed = since === undefined || this.#since === null ? {} : { [since]: this.#since };
    for (const [name, value] of Object.entries({ ...query, ...sized, ...paged, ...changed, ...more })) url.searchParams.set(name, value);
    return url;
  }

  #row(record: unknown): Row {
    const row = rowOfRecord(record, this.#table.columns);
    if (row === null) throw new Failure('ANSWER_WITHOUT_RECORDS', { source: this.#setting.url, path: this.#table.records });
    return row;
  }

  /** A server that knows nothing of pages answers each with the same rows. */
  #unlikeBefore(rows: readonly Row[]): void {
    if (rows.length === 0) return;
    const seen = JSON.stringify(rows);
    if (this.#met.has(seen)) throw this.#wrong('PAGES_REPEAT');
    this.#met.add(seen);
  }

  #ended(): null {
    this.#next = null;
    return null;
  }

  #wrong(code: 'PAGES_RING' | 'PAGES_REPEAT' | 'LINK_ELSEWHERE'): Failure {
    return new Failure(code, { source: this.#setting.url });
  }
}

/** A record's keys as columns, and those that stand deeper in it; null when it is no object. */
export function rowOfRecord(record: unknown, columns: HttpTable['columns']): Row | null {
  const row = rowFrom(record);
  const named = Object.entries(columns).map(([column, path]) => [column, cellFrom(valueAt(record, path))]);
  return row === null || named.length === 0 ? row : { ...row, ...Object.fromEntries(named) };
}

/** A path below the source's address. */
export function addressOf({ url }: HttpSetting, path: string): URL {
  return new URL(`${url.replace(/\/$/, '')}/${path.replace(/^\//, '')}`);
}
