import type { ChildSelection, LookupSelection, Selection } from '../../src/port/source.ts';
import type { Mark, Position } from './position.ts';

const identifier = /^[\p{L}_][\p{L}\p{N}_$#]{0,127}$/u;

/** Names come from site files: only plain identifiers are let through, and they are quoted. */
export function quoted(name: string): string {
  if (!identifier.test(name)) throw new Error(`not an identifier: ${JSON.stringify(name)}`);
  return `"${name}"`;
}

function columns(names: readonly string[]): string {
  return [...new Set(names)].map(quoted).join(', ');
}

function mainColumns(selection: Selection): string {
  const { key, time, lookups, children } = selection;
  const pointers = [...lookups.map((lookup) => lookup.by), ...children.map((child) => child.by ?? key)];
  return columns([key, ...(time === undefined ? [] : [time]), ...selection.columns, ...pointers]);
}

function published(selection: Selection): string {
  return Object.entries(selection.where ?? {})
    .map(([column, values]) => ` and cast(${quoted(column)} as text) in (${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')})`)
    .join('');
}

/** A statement with its values. */
export interface Question {
  readonly sql: string;
  readonly values: readonly Mark[];
}

/** Rows with a time after the position, or from its moment on when it names no row. A row without a key is no record. */
export function changesAfter(selection: Selection, { time: at, key: after }: Position, limit: number): Question {
  const time = quoted(selection.time ?? '');
  const key = quoted(selection.key);
  const [where, values] = at === '' ? [`${time} is not null and ${key} is not null`, []]
    : after === '' ? [`${time} >= ? and ${key} is not null`, [at]]
      : [`${time} >= ? and (${time}, ${key}) > (?, ?)`, [at, at, after]];
  return {
    sql: `select ${mainColumns(selection)} from ${quoted(selection.table)} where ${where}${published(selection)} order by ${time}, ${key} limit ?`,
    values: [...values, limit],
  };
}

/** Rows without a time, by key. */
export function nullTimeAfter(selection: Selection, after: Mark, limit: number): Question {
  return byKeyAfter(selection, { where: `${quoted(selection.time ?? '')} is null`, after, limit });
}

/** Every row, by key. */
export function everyAfter(selection: Selection, after: Mark, limit: number): Question {
  return byKeyAfter(selection, { where: 'true', after, limit });
}

/** The beginning is no value to compare with: to SQLite every number lies below every text, the empty one too. */
function byKeyAfter(selection: Selection, { where, after, limit }: { where: string; after: Mark; limit: number }): Question {
  const key = quoted(selection.key);
  return {
    sql: `select ${mainColumns(selection)} from ${quoted(selection.table)}
      where ${where} and ${key} ${after === '' ? 'is not null' : '> ?'}${published(selection)} order by ${key} limit ?`,
    values: after === '' ? [limit] : [after, limit],
  };
}

/** Parameter: key. */
export function oneSql(selection: Selection): string {
  return `select ${mainColumns(selection)} from ${quoted(selection.table)} where ${quoted(selection.key)} = ?${published(selection)}`;
}

/** Parameter: JSON array of parent keys. */
export function childSql(child: ChildSelection): string {
  const order = [child.parent, ...child.order].map(quoted).join(', ');
  return `select ${columns([child.parent, ...child.order, ...child.columns])} from ${quoted(child.table)}
    where ${quoted(child.parent)} in (select value from json_each(?)) order by ${order}`;
}

/** Parameter: JSON array of keys. */
export function lookupSql(lookup: LookupSelection): string {
  return `select ${columns([lookup.key, ...lookup.columns])} from ${quoted(lookup.table)}
    where ${quoted(lookup.key)} in (select value from json_each(?))`;
}
