import type { Site } from '../../src/config/site.ts';
import type { DatasetMapping, FieldMapping } from '../../src/mapping/dataset.ts';
import { form } from '../../src/record/form.ts';
import { maskedText } from '../../src/record/personal.ts';
import { maskOf, shapesOf } from './masking.ts';

/** How the values of a county's column are shown. */
export interface ColumnShowing {
  readonly label: string;
  readonly class: 'plain' | 'personal' | 'sensitive';
  readonly show: (value: string) => string;
}

/**
 * The county's column as the region's fields tell of it that it is reported in: masked like the most guarded of them, plain only
 * when one of them says just what the column says. A column that is reported nowhere is shown in its form.
 */
export function columnShowing(site: Site, dataset: string, { table, column }: { readonly table: string; readonly column: string }): ColumnShowing {
  const mapping = site.datasets.find((one) => one.dataset === dataset);
  const fields = mapping === undefined ? [] : fieldsFrom(mapping, { table, column }).map((one) => {
    const shape = shapesOf(site).get(one.table);
    const field = shape?.fields[shape.position.get(one.field) ?? -1];
    return { ...one, label: field?.comment ?? one.field, mask: maskOf(site, one.table, field, one.field) };
  });
  const masked = fields.find(({ mask }) => mask?.class === 'sensitive') ?? fields.find(({ mask }) => mask !== null);
  const label = (masked ?? fields[0])?.label ?? column;
  const { mask = null } = masked ?? {};
  if (mask !== null) return { label, class: mask.class, show: (value) => maskedText(value, mask.as) };
  return fields.some(({ whole }) => whole) ? { label, class: 'plain', show: (value) => value } : { label, class: 'personal', show: form };
}

interface Fed { readonly table: string; readonly field: string; readonly whole: boolean }

function fieldsFrom(mapping: DatasetMapping, place: { readonly table: string; readonly column: string }): readonly Fed[] {
  return mapping.records.flatMap(({ table, each, fields }) => {
    const reads = (one: FieldMapping): boolean => {
      const { origin } = one;
      if (origin.kind === 'join' || origin.kind === 'first') return origin.parts.some(reads);
      if (origin.kind === 'expression') return Object.values(origin.inputs).some(reads);
      return origin.kind === 'column' && origin.place.column === place.column && tableOf(mapping, each, origin.place) === place.table;
    };
    return Object.entries(fields).filter(([, one]) => reads(one))
      .map(([field, one]) => ({ table, field, whole: one.origin.kind === 'column' && one.steps.take === undefined && one.steps.split === undefined }));
  });
}

function tableOf({ from }: DatasetMapping, each: string | undefined, { of, lookup }: { readonly of: 'row' | 'ending' | 'main' | 'lookup'; readonly lookup: string }): string | undefined {
  if (of === 'lookup') return from.lookups[lookup]?.table;
  return of === 'main' || each === undefined ? from.table : from.children[each]?.table;
}
