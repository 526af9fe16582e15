import { isScalar, isSeq } from 'yaml';
import type { Value } from '../contract/table-shape.ts';
import type { DatasetMapping } from '../mapping/dataset.ts';
import type { ExpectedProblem } from '../mapping/example.ts';
import { nearest } from './nearest.ts';
import { keysAt } from './peek.ts';
import { block, may, must } from './read-block.ts';
import { list, named, text, textOrNumber, whole, yes, type Reader } from './read.ts';
import type { Spot } from './spot.ts';

const severities = ['refuse', 'warn', 'note'] as const;

/** The keys of an example that say what must become of its row. */
export function expectation(mapping: DatasetMapping) {
  const tables = new Set(mapping.records.map((record) => record.table));
  const fieldsOf = (table: string): readonly string[] => mapping.records.filter((record) => record.table === table).flatMap((record) => Object.keys(record.fields));
  const mapped = [...tables].flatMap((table) => fieldsOf(table).map((field) => `${table}.${field}`));
  const record: Reader<{ readonly table: string; readonly fields: Readonly<Record<string, Value>> }> = (spot) =>
    block({ table: must(among(tables, 'TABLE_UNKNOWN', 'table')), fields: must(named(() => valueAt)) })(spot);
  return {
    gone: may(yes),
    records: may(list(record, 0)),
    fields: may(keyed(mapped, 'FIELD_NOT_MAPPED', valuesAt)),
    counts: may(keyed([...tables], 'TABLE_UNKNOWN', whole(0))),
    problems: may(list(problem, 0)),
  };
}

/** `{ refuse: CODE, at: table.field, child: 2 }` */
const problem: Reader<ExpectedProblem> = (spot) => {
  const found = block({ refuse: may(text), warn: may(text), note: may(text), at: may(text), child: may(whole(1)) })(spot);
  const written = severities.filter((severity) => keysAt(spot).includes(severity));
  const [severity] = written;
  if (severity === undefined || written.length > 1) return spot.mistake('ORIGIN_COUNT', { found: written.join('、'), known: severities.join('、') });
  if (found === undefined) return undefined;
  const { at, child } = found;
  return { severity, code: found[severity] ?? '', ...(at === undefined ? {} : { at }), ...(child === undefined ? {} : { child }) };
};

const valueAt: Reader<Value> = (spot) => (isScalar(spot.node) && spot.node.value !== null ? textOrNumber(spot) : nothing(spot));

/** A field without a value is written `null`. */
function nothing(spot: Spot): null | undefined {
  return spot.node === null || isScalar(spot.node) ? null : spot.mistake('WRONG_TYPE', { expected: 'text', found: 'block' });
}

const valuesAt: Reader<Value | readonly Value[]> = (spot) => (isSeq(spot.node) ? list(valueAt, 0)(spot) : valueAt(spot));

/** Values under names of which each must be known. */
function keyed<T>(known: readonly string[], code: string, item: Reader<T>): Reader<Readonly<Record<string, T>>> {
  const fact = code === 'TABLE_UNKNOWN' ? 'table' : 'field';
  return named((name, key) => (spot) => (known.includes(name) ? item(spot) : key.mistake(code, { [fact]: name, near: nearest(name, known) })));
}

function among(known: ReadonlySet<string>, code: string, fact: string): Reader<string> {
  return (spot) => {
    const name = text(spot);
    return name === undefined || known.has(name) ? name : spot.mistake(code, { [fact]: name, near: nearest(name, known) });
  };
}
