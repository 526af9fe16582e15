import type { TableShape } from '../contract/table-shape.ts';
import type { FieldName } from '../mapping/dataset.ts';
import type { Condition, Indicator, Measure } from '../mapping/indicator.ts';
import { nearest } from './nearest.ts';
import { entriesOf, list, named, number, oneOf, oneOrMore, text, whole, yes, type Reader } from './read.ts';
import { block, may, must } from './read-block.ts';

/** What indicators may refer to; a part that could not be read is not checked against. */
export interface IndicatorGround {
  readonly tables: ReadonlyMap<string, TableShape> | undefined;
  readonly datasets: readonly string[];
  readonly sources: readonly string[] | undefined;
}

/** A file of `indicators/`: figures with their definitions. */
export function indicatorsFile(ground: IndicatorGround): Reader<readonly Indicator[]> {
  const field = fieldName(ground.tables);
  const fields = must(oneOrMore(field));
  const dataset = must(known(ground.datasets, 'DATASET_UNKNOWN', 'dataset'));
  const source = must(ground.sources === undefined ? text : known(ground.sources, 'SOURCE_UNKNOWN', 'source'));
  const condition = block({
    field: fields, take: may(block({ from: must(whole(1)), to: must(whole(1)) })), is: may(list(text)), not: may(list(text)), contains: may(text), thisYear: may(yes),
    outsideHours: may(block({ weekdays: must(list(whole(1, 7))), hours: must(list(hours)) })),
  });
  const where = may(list(conditionOf(condition)));
  const columns = named(() => list(text));
  const measures: Readonly<Record<string, Reader<Measure>>> = {
    count: (spot) => made(block({ dataset, where })(spot), (one) => ({ ...one, kind: 'count', where: one.where ?? [] })),
    share: (spot) => made(block({ dataset, of: where, where: must(list(conditionOf(condition))) })(spot), (one) => ({ ...one, kind: 'share', of: one.of ?? [] })),
    cut: (spot) => made(block({ dataset, from: fields, to: fields })(spot), (one) => ({ ...one, kind: 'cut' })),
    distinct: (spot) => made(block({ dataset, field: fields, where })(spot), (one) => ({ ...one, kind: 'distinct', where: one.where ?? [] })),
    county: (spot) => made(block({ source, table: must(text), key: must(text), where: may(columns), distinct: may(text), begins: may(text), share: may(columns) })(spot),
      (one) => ({ ...one, kind: 'county', where: one.where ?? {} })),
    sync: (spot) => made(block({ what: must(oneOf('gathered', 'qualified', 'onTime')), datasets: must(list(known(ground.datasets, 'DATASET_UNKNOWN', 'dataset'))), hours: may(whole(1)) })(spot),
      (one) => ({ ...one, kind: 'sync', hours: one.hours ?? 24 })),
    ratings,
    none: (spot) => made(block({ because: must(text) })(spot), (one) => ({ ...one, kind: 'none' })),
  };
  const one = block({
    id: must(text), title: must(text), unit: must(text), formula: must(text), published: may(number), measure: must(measureOf(measures)),
  });
  return (spot) => block({ indicators: must(list(one)) })(spot)?.indicators;
}

/** What nobody gave has no value that a person could have meant. */
const ratings: Reader<Measure> = (spot) => {
  const found = block({ given: must(oneOf('persons', 'default')), share: may(list(text)) })(spot);
  if (found?.given === 'default' && found.share !== undefined) return spot.mistake('UNKNOWN_KEY', { key: 'share', near: 'persons' });
  return made(found, (one) => ({ ...one, kind: 'ratings' }));
};

/** One key that says the kind, with what the kind needs. */
function measureOf(measures: Readonly<Record<string, Reader<Measure>>>): Reader<Measure> {
  return (spot) => {
    const [entry, ...more] = entriesOf(spot) ?? [];
    if (entry === undefined) return undefined;
    const read = Object.hasOwn(measures, entry.name) ? measures[entry.name] : undefined;
    if (read === undefined) return entry.key.mistake('UNKNOWN_KEY', { key: entry.name, near: nearest(entry.name, Object.keys(measures)) });
    for (const other of more) other.key.mistake('UNKNOWN_KEY', { key: other.name, near: entry.name });
    return more.length > 0 ? undefined : read(entry.value);
  };
}

type Written = Omit<Condition, 'fields'> & { readonly field: Condition['fields'] };

function conditionOf(read: Reader<Written>): Reader<Condition> {
  return (spot) => {
    const found = read(spot);
    if (found === undefined) return undefined;
    const { field: fields, ...test } = found;
    const tests = Object.keys(test).filter((name) => name !== 'take');
    return tests.length === 1 ? { fields, ...test } : spot.mistake('CONDITION_UNCLEAR', { found: tests.length });
  };
}

function made<T, M>(found: T | undefined, make: (found: T) => M): M | undefined {
  return found === undefined ? undefined : make(found);
}

function known(names: readonly string[], code: 'DATASET_UNKNOWN' | 'SOURCE_UNKNOWN', what: string): Reader<string> {
  return (spot) => {
    const name = text(spot);
    return name === undefined || names.includes(name) ? name : spot.mistake(code, { [what]: name, near: nearest(name, names) });
  };
}

function fieldName(tables: IndicatorGround['tables']): Reader<FieldName> {
  return (spot) => {
    const name = text(spot);
    if (name === undefined) return undefined;
    const [table = '', field = ''] = name.split('.');
    const shape = tables?.get(table);
    if (tables !== undefined && shape === undefined) return spot.mistake('TABLE_UNKNOWN', { table, near: nearest(table, tables.keys()) });
    if (shape !== undefined && !shape.position.has(field)) return spot.mistake('FIELD_UNKNOWN', { field: name, near: nearest(field, shape.position.keys()) });
    return { table, field };
  };
}

const hours: Reader<string> = (spot) => {
  const written = text(spot);
  return written === undefined || /^([01]\d|2[0-4]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/.test(written) ? written : spot.mistake('HOURS_WRONG', { hours: written });
};
