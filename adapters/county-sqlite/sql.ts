import type { ChildSelection, LookupSelection, Selection } from '../../src/port/source.ts';

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
  const { key, time, lookups } = selection;
  return columns([key, ...(time === undefined ? [] : [time]), ...selection.columns, ...lookups.map((lookup) => lookup.by)]);
}

function published(selection: Selection): string {
  return Object.entries(selection.where ?? {})
    .map(([column, values]) => ` and cast(${quoted(column)} as text) in (${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')})`)
    .join('');
}

/** Parameters: time, time, key, limit. */
export function changesSql(selection: Selection): string {
  const time = quoted(selection.time ?? '');
  const key = quoted(selection.key);
  return `select ${mainColumns(selection)} from ${quoted(selection.table)}
    where ${time} >= ? and (${time}, ${key}) > (?, ?)${published(selection)} order by ${time}, ${key} limit ?`;
}

/** Parameters: key, limit. */
export function nullTimeSql(selection: Selection): string {
  const key = quoted(selection.key);
  return `select ${mainColumns(selection)} from ${quoted(selection.table)}
    where ${quoted(selection.time ?? '')} is null and ${key} > ?${published(selection)} order by ${key} limit ?`;
}

/** Parameters: key, limit. */
export function sweepSql(selection: Selection): string {
  const key = quoted(selection.key);
  return `select ${mainColumns(selection)} from ${quoted(selection.table)} where ${key} > ?${published(selection)} order by ${key} limit ?`;
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
