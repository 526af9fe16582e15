import type { Contract } from '../contract/contract.ts';
import type { Selection, TableDescription } from '../port/source.ts';
import type { DatasetMapping, FieldMapping } from './dataset.ts';
import { selectionOf } from './selection.ts';

/** How much of a region table a mapping fills. */
export interface TableCoverage {
  readonly table: string;
  readonly title: string;
  readonly fields: number;
  readonly empty: readonly { readonly field: string; readonly title: string }[];
}

/** How much of a county table a mapping reads. */
export interface SourceCoverage {
  readonly table: string;
  readonly columns: number;
  readonly unused: readonly string[];
}

/** Something the mapping does that the county did not say, with its declared reason. */
export interface Declared {
  readonly field: string;
  readonly what: 'default' | 'cut';
  /** The default value, or the length that is left. */
  readonly value: string | number;
  readonly because: string;
}

export interface Coverage {
  readonly dataset: string;
  readonly tables: readonly TableCoverage[];
  /** Null when the source could not be asked. */
  readonly sources: readonly SourceCoverage[] | null;
  readonly declared: readonly Declared[];
}

/** Region fields that nothing fills, county columns that nobody reads, and what is declared beside them. Pure. */
export function coverageOf(mapping: DatasetMapping, contract: Contract, described: readonly TableDescription[] | null): Coverage {
  return {
    dataset: mapping.dataset,
    tables: [...Map.groupBy(mapping.records, (record) => record.table)].map(([table, records]) => {
      const filled = new Set(records.flatMap((record) => Object.keys(record.fields)));
      const { title, fields } = contract.shape(table);
      return { table, title, fields: fields.length, empty: fields.filter(({ name }) => !filled.has(name)).map(({ name, comment }) => ({ field: name, title: comment })) };
    }),
    sources: described === null ? null : sourceCoverage(columnsRead(selectionOf(mapping)), described),
    declared: mapping.records.flatMap((record) => Object.entries(record.fields).flatMap(([field, one]) => declaredIn(one).map((found) => ({ field: `${record.table}.${field}`, ...found })))),
  };
}

/** Columns that a selection reads, by county table; a table may be read in several ways. */
export function columnsRead(selection: Selection): ReadonlyMap<string, ReadonlySet<string>> {
  const { table, key, time, columns, children, lookups } = selection;
  const reads = [
    { table, columns: [key, ...(time === undefined ? [] : [time]), ...columns] },
    ...children.map((child) => ({ table: child.table, columns: [child.parent, ...child.order, ...child.columns] })),
    ...lookups.map((lookup) => ({ table: lookup.table, columns: [lookup.key, ...lookup.columns] })),
  ];
  return new Map([...Map.groupBy(reads, (read) => read.table)].map(([name, all]) => [name, new Set(all.flatMap((read) => read.columns))]));
}

function sourceCoverage(read: ReadonlyMap<string, ReadonlySet<string>>, described: readonly TableDescription[]): readonly SourceCoverage[] {
  return [...read].map(([table, used]) => {
    const columns = described.find((one) => one.table === table)?.columns.map((column) => column.name) ?? [];
    return { table, columns: columns.length, unused: columns.filter((column) => !used.has(column)) };
  });
}

function declaredIn({ origin, steps }: FieldMapping): readonly Omit<Declared, 'field'>[] {
  return [
    ...('parts' in origin ? origin.parts.flatMap(declaredIn) : []),
    ...(steps.default === undefined ? [] : [{ what: 'default' as const, ...steps.default }]),
    ...(steps.cut === undefined ? [] : [{ what: 'cut' as const, value: steps.cut.to, because: steps.cut.because }]),
  ];
}
