import type { Selection } from '../port/source.ts';
import type { ColumnPlace, DatasetMapping, FieldMapping, RecordMapping } from './dataset.ts';

/** What the mapping asks of the county's tables: every column it uses, once, and no other. */
export function selectionOf(mapping: DatasetMapping): Selection {
  const { from } = mapping;
  const main = new Set([from.key, ...Object.keys(from.where), ...Object.keys(from.gone), ...Object.values(from.lookups).map((lookup) => lookup.by)]);
  if (from.time !== undefined) main.add(from.time);
  for (const { by } of Object.values(from.children)) if (by !== undefined) main.add(by);
  const ofLookup = new Map(Object.entries(from.lookups).map(([name, lookup]) => [name, new Set([lookup.key])]));
  const ofChild = new Map(Object.entries(from.children).map(([name, child]) => [name, new Set([child.parent, ...child.order, ...(child.pair === undefined ? [] : [child.pair.column])])]));
  for (const record of mapping.records) {
    const row = record.each === undefined ? main : ofChild.get(record.each);
    for (const place of placesOf(record)) {
      const columns = place.of === 'lookup' ? ofLookup.get(place.lookup) : place.of === 'main' ? main : row;
      columns?.add(place.column);
    }
  }
  const where = readable(from.where, from.gone);
  return {
    table: from.table,
    key: from.key,
    ...(from.time === undefined ? {} : { time: from.time }),
    columns: [...main],
    ...(Object.keys(where).length === 0 ? {} : { where }),
    lookups: Object.entries(from.lookups).map(([name, lookup]) => ({ name, ...lookup, columns: [...(ofLookup.get(name) ?? [])] })),
    children: Object.entries(from.children).map(([name, { pair: _pair, ...child }]) => ({ name, ...child, columns: [...(ofChild.get(name) ?? [])] })),
  };
}

/** Every place a record reads, conditions included. */
export function placesOf(record: RecordMapping): readonly ColumnPlace[] {
  return [...(record.when === undefined ? [] : [record.when.place]), ...Object.values(record.fields).flatMap(placesOfField)];
}

/** Every column a field is made from. */
export function placesOfField({ origin }: FieldMapping): readonly ColumnPlace[] {
  switch (origin.kind) {
    case 'column':
      return [origin.place];
    case 'constant':
      return [];
    case 'join':
    case 'first':
      return origin.parts.flatMap(placesOfField);
    case 'expression':
      return Object.values(origin.inputs).flatMap(placesOfField);
  }
}

/** Rows that were withdrawn must be read too, or nobody would take them back: a column named by both gets both lists. */
function readable(where: DatasetMapping['from']['where'], gone: DatasetMapping['from']['gone']): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(where).map(([column, values]) => [column, [...new Set([...values, ...(gone[column] ?? [])])]]));
}
