import { isScalar } from 'yaml';
import type { DatasetMapping } from '../mapping/dataset.ts';
import { selectionOf } from '../mapping/selection.ts';
import type { Cell, PresentChange, Row } from '../record/change.ts';
import { nearest } from './nearest.ts';
import { may } from './read-block.ts';
import { anyText, list, named, textOrNumber, type Reader } from './read.ts';

/** Rows as an example writes them: only the columns that matter, the others are empty. */
export interface ExampleInput {
  readonly row?: Row;
  readonly children?: Readonly<Record<string, readonly Row[]>>;
  /** `none`: the county has no such row; `several`: it has more than one. */
  readonly lookups?: Readonly<Record<string, Row | 'none' | 'several'>>;
}

/** An example that says nothing of its rows. */
export const noInput: ExampleInput = {};

/** The keys `row`, `children` and `lookups` of an example; a column the mapping does not read is a slip of the pen. */
export function exampleInput(mapping: DatasetMapping) {
  const selection = selectionOf(mapping);
  const known = (names: readonly { readonly name: string; readonly columns: readonly string[] }[], name: string): readonly string[] | undefined =>
    names.find((one) => one.name === name)?.columns;
  const child = named<readonly Row[]>((name, key) => (spot) => {
    const columns = known(selection.children, name);
    if (columns === undefined) return key.mistake('CHILD_UNKNOWN', { child: name, near: nearest(name, selection.children.map((one) => one.name)) });
    return list(rowOf(columns, mapping.dataset), 0)(spot);
  });
  const lookup = named<Row | 'none' | 'several'>((name, key) => (spot) => {
    const columns = known(selection.lookups, name);
    if (columns === undefined) return key.mistake('LOOKUP_UNKNOWN', { lookup: name, near: nearest(name, selection.lookups.map((one) => one.name)) });
    const word = isScalar(spot.node) ? spot.node.value : undefined;
    return word === 'none' || word === 'several' ? word : rowOf(columns, mapping.dataset)(spot);
  });
  return { row: may(rowOf(selection.columns, mapping.dataset)), children: may(child), lookups: may(lookup) };
}

function rowOf(columns: readonly string[], dataset: string): Reader<Row> {
  return named((name, key) => (spot) => {
    const cell = cellAt(spot);
    return columns.includes(name) ? cell : key.mistake('EXAMPLE_COLUMN', { column: name, dataset, near: nearest(name, columns) });
  });
}

/** Text, perhaps empty, a number, or nothing at all. */
const cellAt: Reader<Cell> = (spot) => {
  const value = isScalar(spot.node) ? spot.node.value : spot.node;
  return value === null ? null : value === '' ? anyText(spot) : textOrNumber(spot);
};

/** The first with the second over it: columns one by one; of children the second's rows, each upon the first's row in the same place. */
export function mergedInput(ground: ExampleInput, own: ExampleInput): ExampleInput {
  const children = Object.entries(own.children ?? {}).map(([name, rows]) => [name, rows.map((row, at) => ({ ...ground.children?.[name]?.[at], ...row }))] as const);
  const lookups = Object.entries(own.lookups ?? {}).map(([name, row]) => {
    const before = ground.lookups?.[name];
    return [name, typeof row === 'string' || typeof before === 'string' ? row : { ...before, ...row }] as const;
  });
  return {
    row: { ...ground.row, ...own.row },
    children: { ...ground.children, ...Object.fromEntries(children) },
    lookups: { ...ground.lookups, ...Object.fromEntries(lookups) },
  };
}

/** The change as a source would have given it: every column the mapping asks for is there, and what belongs together points together. */
export function presentChange(mapping: DatasetMapping, input: ExampleInput): PresentChange {
  const selection = selectionOf(mapping);
  const full = (columns: readonly string[], row: Row): Row => ({ ...Object.fromEntries(columns.map((column) => [column, null])), ...row });
  const row = full(selection.columns, input.row ?? {});
  const children = Object.fromEntries(selection.children.map(({ name, columns, parent, by = selection.key }) =>
    [name, (input.children?.[name] ?? []).map((one) => full(columns, { [parent]: row[by] ?? null, ...one }))]));
  const lookups = Object.fromEntries(selection.lookups.map(({ name, columns, key, by }) => {
    const found = input.lookups?.[name] ?? 'none';
    return [name, typeof found === 'string' ? undefined : full(columns, { [key]: row[by] ?? null, ...found })];
  }));
  const ambiguous = Object.entries(input.lookups ?? {}).filter(([, found]) => found === 'several').map(([name]) => name);
  return { state: 'present', key: String(row[selection.key] ?? ''), row, children, lookups, ...(ambiguous.length === 0 ? {} : { ambiguous }) };
}
