import { createHash } from 'node:crypto';
import type { Bucket, Group } from '../../src/port/compare.ts';
import type { Digests, DigestSetting, OurRow } from '../../src/port/digests.ts';
import { Desk } from './desk.ts';
import { openDigestsFile } from './digests-file.ts';
import { refresh } from './digests-refresh.ts';

interface LineRow { guid: string; sm3: string; record: number }

/** Digests beside a store's file; works while another process writes the store. */
export function openDigests(storeFile: string, setting: DigestSetting): Digests {
  const desk = new Desk(openDigestsFile(storeFile, JSON.stringify(setting)));
  const lineOf = lineWriter(setting);
  const idOf = (table: string): number => desk.get<{ id: number }>('select id from tbl where name = ?', table)?.id ?? -1;
  return {
    refresh: async (datasets) => refresh(desk, datasets, setting.by),
    count: async (table) => desk.get<{ n: number }>('select count(*) as n from line where tbl = ?', idOf(table))?.n ?? 0,
    bucket: async (table, prefix) => bucket(desk, { tbl: idOf(table), prefix, lineOf }),
    rows: async (table, prefix, but = []) => gapsBetween(prefix, but).flatMap(([from, to]) => desk.all<LineRow>(
      'select guid, sm3, record from line where tbl = ? and guid >= ? and guid < ? order by guid, record', idOf(table), from, to)).map(ourRow),
    page: async (table, after, limit) => desk.all<LineRow>(
      'select guid, sm3, record from line where tbl = ? and guid > ? order by guid, record limit ?', idOf(table), after, limit).map(ourRow),
    groups: async (table) => groups(desk, idOf(table), lineOf),
    inGroup: async (table, { day, type }) => desk.all<LineRow>(
      'select guid, sm3, record from line where tbl = ? and day = ? and type = ? order by guid, record', idOf(table), day, type).map(ourRow),
    close: async () => desk.database.close(),
  };
}

function ourRow({ guid, sm3, record }: LineRow): OurRow {
  return { rowGuid: guid, digest: Buffer.from(sm3, 'base64url').toString('hex'), record };
}

/** Greater than every row_guid that begins with the prefix. */
const beyond = (prefix: string): string => `${prefix}\u{10ffff}`;

function bucket(desk: Desk, { tbl, prefix, lineOf }: { readonly tbl: number; readonly prefix: string; readonly lineOf: (row: LineRow) => string }): Bucket {
  const kept = desk.get<{ count: number; sm3: string }>('select count, sm3 from node where tbl = ? and prefix = ?', tbl, prefix);
  if (kept !== undefined) return { prefix, count: kept.count, digest: kept.sm3 };
  const lines = new Lines();
  const rows = desk.statement('select guid, sm3 from line where tbl = ? and guid >= ? and guid < ? order by guid, record').iterate(tbl, prefix, beyond(prefix));
  for (const row of rows as Iterable<unknown>) lines.add(lineOf(row as LineRow));
  const { count, digest } = lines.end();
  desk.run('insert or replace into node (tbl, prefix, count, sm3) values (?, ?, ?, ?)', tbl, prefix, count, digest);
  return { prefix, count, digest };
}

function groups(desk: Desk, tbl: number, lineOf: (row: LineRow) => string): readonly Group[] {
  const found = new Map<string, { readonly day: string; readonly type: string; readonly lines: Lines }>();
  const rows = desk.statement('select guid, sm3, day, type from line where tbl = ? order by guid, record').iterate(tbl);
  for (const one of rows as Iterable<unknown>) {
    const row = one as LineRow & { day: string; type: string };
    const name = `${row.day}\t${row.type}`;
    const group = found.get(name) ?? { day: row.day, type: row.type, lines: new Lines() };
    found.set(name, group);
    group.lines.add(lineOf(row));
  }
  return [...found.values()].map(({ day, type, lines }) => ({ day, type, ...lines.end() }));
}

/** Lines of rows on their way into a digest, a few thousand characters at a time. */
class Lines {
  readonly #hash = createHash('sm3');
  #text = '';
  #count = 0;

  add(line: string): void {
    this.#text += line;
    this.#count += 1;
    if (this.#text.length > 65_536) this.#flush();
  }

  end(): { readonly count: number; readonly digest: string } {
    this.#flush();
    return { count: this.#count, digest: this.#hash.digest('hex') };
  }

  #flush(): void {
    this.#hash.update(this.#text);
    this.#text = '';
  }
}

function lineWriter({ line, form }: DigestSetting): (row: LineRow) => string {
  const parts = line.split(/(\{rowGuid\}|\{digest\})/);
  if (line === '{rowGuid}:{digest}\n' && form === 'hex') return ({ guid, sm3 }) => `${guid}:${Buffer.from(sm3, 'base64url').toString('hex')}\n`;
  return ({ guid, sm3 }) => parts.map((part) => (
    part === '{rowGuid}' ? guid : part !== '{digest}' ? part : form === 'base64url' ? sm3 : Buffer.from(sm3, 'base64url').toString(form))).join('');
}

/** Ranges of row_guids under a prefix that lie outside these longer ones, in the order the database sorts them. */
function gapsBetween(prefix: string, but: readonly string[]): readonly (readonly [string, string])[] {
  const sorted = but.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const from = [prefix, ...sorted.map(beyond)];
  const to = [...sorted, beyond(prefix)];
  return from.map((one, at) => [one, to[at] ?? one] as const);
}
