import { isSeq } from 'yaml';
import type { DatasetMapping, FieldName } from '../mapping/dataset.ts';
import { identifier } from './identifier.ts';
import type { Known } from './known.ts';
import { nearest } from './nearest.ts';
import { keysAt, spotAt, textAt } from './peek.ts';
import { block, may, must } from './read-block.ts';
import { list, named, oneOrMore, text, type Reader } from './read.ts';
import { recordMapping } from './record-mapping.ts';
import type { Spot } from './spot.ts';

const lookup = block({ table: must(identifier), key: must(identifier), by: must(identifier) });
const pair = block({ column: must(identifier), begins: must(list(text)), ends: must(list(text)) });
const child = block({ table: must(identifier), parent: must(identifier), by: may(identifier), order: may(list(identifier, 0)), pair: may(pair) });
const lists = named((_, key) => (spot) => (identifier(key) === undefined ? undefined : list(text)(spot)));

const from = block({
  table: must(identifier),
  key: must(identifier),
  time: may(identifier),
  where: may(lists),
  gone: may(lists),
  lookups: may(named(() => lookup)),
  children: may(named(() => child)),
});

/** A mapping file of a county; its code tables are attached. */
export function datasetFile(known: Known): Reader<DatasetMapping> {
  return (spot) => {
    const children = keysAt(spot, 'from', 'children');
    const paired = children.filter((name) => keysAt(spot, 'from', 'children', name).includes('pair'));
    const rows = { lookups: keysAt(spot, 'from', 'lookups'), children, paired };
    const found = block({
      dataset: must(text),
      title: must(text),
      source: must(sourceOf(known)),
      from: must(from),
      identity: may(oneOrMore(fieldName(spot))),
      department: may(oneOrMore(fieldName(spot))),
      needs: may(block({ dataset: must(neededDataset(known)), identity: must(oneOrMore(fieldName(spot))) })),
      records: must(list(recordMapping(rows, known))),
    })(spot);
    checkOrder(spot, known.order);
    if (found === undefined) return undefined;
    const { where = {}, gone = {}, lookups = {}, children: kin = {}, ...main } = found.from;
    const ordered = Object.fromEntries(Object.entries(kin).map(([name, one]) => [name, { ...one, order: one.order ?? [] }]));
    const codes = Object.fromEntries([...known.codes].map(([name, { table }]) => [name, table]));
    return { ...found, from: { ...main, where, gone, lookups, children: ordered }, identity: found.identity ?? [], needs: found.needs ?? null, codes };
  };
}

function sourceOf({ sources }: Known): Reader<string> {
  return (spot) => {
    const name = text(spot);
    return name === undefined || sources === undefined || sources.includes(name) ? name : spot.mistake('SOURCE_UNKNOWN', { source: name, near: nearest(name, sources) });
  };
}

function neededDataset({ datasets }: Known): Reader<string> {
  return (spot) => {
    const name = text(spot);
    if (name === undefined) return undefined;
    const found = datasets.get(name);
    if (found === undefined) return spot.mistake('DATASET_UNKNOWN', { dataset: name, near: nearest(name, datasets.keys()) });
    return found.identity ? name : spot.mistake('IDENTITY_MISSING', { dataset: name });
  };
}

/** `table.field`, a field that one of the records maps. */
function fieldName(dataset: Spot): Reader<FieldName> {
  const records = recordSpots(dataset);
  return (spot) => {
    const written = text(spot);
    if (written === undefined) return undefined;
    const mapped = records.flatMap((record) => keysAt(record, 'fields').map((field) => `${textAt(record, 'table') ?? ''}.${field}`));
    if (!mapped.includes(written)) return spot.mistake('FIELD_NOT_MAPPED', { field: written, near: nearest(written, mapped) });
    const [table = '', field = ''] = written.split('.');
    return { table, field };
  };
}

/** A table must not stand before one that the region wants first. */
function checkOrder(dataset: Spot, order: Known['order']): void {
  const records = recordSpots(dataset).map((record) => ({ spot: spotAt(record, 'table'), table: textAt(record, 'table') ?? '' }));
  for (const rule of order) {
    let last = { place: -1, table: '' };
    for (const { spot, table } of records) {
      const place = rule.indexOf(table);
      if (place < 0) continue;
      if (place < last.place) spot.mistake('RECORD_ORDER', { table, before: last.table });
      else last = { place, table };
    }
  }
}

function recordSpots(dataset: Spot): readonly Spot[] {
  const { node } = spotAt(dataset, 'records');
  return isSeq(node) ? node.items.map((item) => dataset.inner(item)) : [];
}
