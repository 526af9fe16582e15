import type { DatasetMapping, FieldMapping, FieldName, RecordMapping } from '../mapping/dataset.ts';
import { placesOfField } from '../mapping/selection.ts';
import type { CellPlace } from '../record/correction.ts';
import type { Problem } from '../record/problem.ts';

/** Why a cell cannot be corrected in the gateway, or that it can: `lookup` rows are shared, `pair` rows are put together, `structure` says which record it is. */
export type Correctable = 'yes' | 'protected' | 'structure' | 'lookup' | 'pair' | 'undeclared';

/** A cell that a problem's field is made from. */
export interface Cause {
  readonly place: CellPlace;
  readonly correctable: Correctable;
}

/** What of a dataset's rows may be corrected. */
export interface Corrigible {
  /** The cells a problem comes from, as far as the mapping tells; none where no column feeds its field. */
  causesOf(problem: Problem): readonly Cause[];
  of(place: CellPlace): Correctable;
}

/** Decided by the mapping and by the region's profile alone, so that a sheet and its way back are judged alike. */
export function corrigible(mapping: DatasetMapping, protectedFields: readonly FieldName[] | null): Corrigible {
  const guarded = new Set(mapping.records.flatMap((record) => Object.entries(record.fields)
    .filter(([field]) => protectedFields?.some((one) => one.table === record.table && one.field === field) === true)
    .flatMap(([, field]) => cellsOf(record, field).map(nameOf))));
  const structure = new Set(structureOf(mapping).map(nameOf));
  const read = new Set(mapping.records.flatMap((record) => Object.values(record.fields).flatMap((field) => cellsOf(record, field).map(nameOf))));
  const of = ({ child, column }: CellPlace): Correctable => {
    const name = nameOf({ child, column });
    if (protectedFields === null) return 'undeclared';
    if (guarded.has(name)) return 'protected';
    if (structure.has(name) || !read.has(name)) return 'structure';
    return child !== '' && mapping.from.children[child]?.pair !== undefined ? 'pair' : 'yes';
  };
  return {
    of,
    causesOf: (problem) => {
      const at = Math.max(Number(problem.facts?.['child'] ?? 1) - 1, 0);
      const fields = mapping.records.filter((record) => record.table === problem.table).flatMap((record) => {
        const field = record.fields[problem.field ?? ''];
        return field === undefined ? [] : placesOfField(field).map((place) => ({ record, place }));
      });
      return fields.map(({ record, place }) => {
        const child = place.of === 'row' || place.of === 'ending' ? record.each ?? '' : '';
        const cell = { child, at: child === '' ? 0 : at, column: place.of === 'lookup' ? `${place.lookup}.${place.column}` : place.column };
        return { place: cell, correctable: place.of === 'lookup' ? 'lookup' : of(cell) };
      });
    },
  };
}

type Cell = Pick<CellPlace, 'child' | 'column'>;

function cellsOf(record: RecordMapping, field: FieldMapping): readonly Cell[] {
  return placesOfField(field).filter((place) => place.of !== 'lookup')
    .map((place) => ({ child: place.of === 'main' ? '' : record.each ?? '', column: place.column }));
}

/** Columns that say which record a row is, to whom it belongs, and whether it is published. */
function structureOf({ from }: DatasetMapping): readonly Cell[] {
  const main = [from.key, ...(from.time === undefined ? [] : [from.time]), ...Object.keys(from.where), ...Object.keys(from.gone), ...Object.values(from.children).flatMap(({ by }) => by ?? [])];
  const children = Object.entries(from.children).flatMap(([child, { parent, order, pair }]) => (
    [parent, ...order, ...(pair === undefined ? [] : [pair.column])].map((column) => ({ child, column }))));
  return [...main.map((column) => ({ child: '', column })), ...children];
}

function nameOf({ child, column }: Cell): string {
  return `${child}\t${column}`;
}
