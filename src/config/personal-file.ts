import type { TableShape } from '../contract/table-shape.ts';
import type { FieldName } from '../mapping/dataset.ts';
import type { FieldMask, Personal } from '../record/personal.ts';
import { nearest } from './nearest.ts';
import { block, may, must } from './read-block.ts';
import { list, oneOf, text, type Reader } from './read.ts';

type Tables = ReadonlyMap<string, TableShape> | undefined;

/** `personal.yaml` of a region profile: which fields the console shows as they are, and how it masks the others. */
export function personalFile(tables: Tables): Reader<Personal> {
  const fields = list(fieldsMeant(tables), 0);
  const mask = block({ fields: must(fields), as: must(oneOf('name', 'ends', 'phone', 'tail', 'hidden')), class: must(oneOf('personal', 'sensitive')) });
  const file = block({ plain: must(fields), masked: must(list(mask, 0)), holder: may(block({ name: may(fields), number: may(fields) })) });
  return (spot) => {
    const found = file(spot);
    if (found === undefined) return undefined;
    const masks = new Map<string, FieldMask>(found.masked.flatMap((one) => one.fields.flat().map((field) => [nameOf(field), { as: one.as, class: one.class }] as const)));
    const plain = new Set(found.plain.flat().map(nameOf).filter((name) => !masks.has(name)));
    return { plain, masks, holderNames: found.holder?.name?.flat() ?? [], holderNumbers: found.holder?.number?.flat() ?? [] };
  };
}

/** `table.field`, `table.*`, `tab*.*`, or a field of every table; whoever is meant must be there. */
function fieldsMeant(tables: Tables): Reader<readonly FieldName[]> {
  return (spot) => {
    const name = text(spot);
    if (name === undefined || tables === undefined) return [];
    const [table, field] = name.includes('.') ? name.split('.') : ['*', name];
    const fits = (pattern: string, value: string): boolean => pattern === value || (pattern.endsWith('*') && value.startsWith(pattern.slice(0, -1)));
    const found = [...tables].filter(([one]) => fits(table ?? '', one))
      .flatMap(([one, { position }]) => [...position.keys()].filter((each) => fits(field ?? '', each)).map((each) => ({ table: one, field: each })));
    if (found.length > 0) return found;
    return spot.mistake('FIELD_UNKNOWN', { field: name, near: nearest(field ?? '', [...tables.values()].flatMap(({ position }) => [...position.keys()])) });
  };
}

function nameOf({ table, field }: FieldName): string {
  return `${table}.${field}`;
}
