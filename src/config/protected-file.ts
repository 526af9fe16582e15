import type { TableShape } from '../contract/table-shape.ts';
import type { FieldName } from '../mapping/dataset.ts';
import { nearest } from './nearest.ts';
import { block, must } from './read-block.ts';
import { list, text, type Reader } from './read.ts';

/** `protected.yaml` of a region profile: fields, by `table.field` or by a name that any table may have, that nobody may correct in the gateway. */
export function protectedFile(tables: ReadonlyMap<string, TableShape> | undefined): Reader<readonly FieldName[]> {
  const field: Reader<readonly FieldName[]> = (spot) => {
    const name = text(spot);
    if (name === undefined || tables === undefined) return [];
    const found = [...tables].flatMap(([table, { position }]) => [...position.keys()].filter((one) => name === one || name === `${table}.${one}`).map((one) => ({ table, field: one })));
    return found.length > 0 ? found : spot.mistake('FIELD_UNKNOWN', { field: name, near: nearest(name, [...tables.values()].flatMap(({ position }) => [...position.keys()])) });
  };
  return (spot) => block({ fields: must(list(field)) })(spot)?.fields.flat();
}
