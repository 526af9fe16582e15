import { tableShapes, type FieldShape, type TableShape } from '../../src/contract/table-shape.ts';
import type { Site } from '../../src/config/site.ts';
import { maskedText, type FieldMask } from '../../src/record/personal.ts';
import type { SealedRecord } from '../../src/record/envelope.ts';

type Value = string | number | null;

/** A field of a record as a page shows it. */
export interface ShownField {
  readonly table: string;
  readonly field: string;
  readonly label: string;
  readonly value: Value;
  readonly class: 'plain' | 'personal' | 'sensitive';
}

const shapes = new WeakMap<Site, ReadonlyMap<string, TableShape>>();

export function shapesOf(site: Site): ReadonlyMap<string, TableShape> {
  const known = shapes.get(site) ?? tableShapes(site.contract);
  shapes.set(site, known);
  return known;
}

/** What is done to a text of a field: null means it is shown as it is. */
export function maskOf(site: Site, table: string, field: FieldShape | undefined, name: string): FieldMask | { readonly as: 'first'; readonly class: 'personal' } | null {
  const full = `${table}.${name}`;
  const told = site.personal.masks.get(full);
  if (told !== undefined) return told;
  if (site.personal.plain.has(full)) return null;
  return field !== undefined && (field.type !== 'varchar' || field.dictionary !== null) ? null : { as: 'first', class: 'personal' };
}

/** The rows of a record with every field that has a value; masked unless somebody may see them. */
export function shownRows(records: readonly SealedRecord[], site: Site, how: 'masked' | 'as-is'): readonly { readonly table: string; readonly title: string; readonly fields: readonly ShownField[] }[] {
  return records.map(({ table, body }) => {
    const shape = shapesOf(site).get(table);
    const fields = Object.entries(JSON.parse(body) as Record<string, Value>).filter(([, value]) => value !== null)
      .map(([field, value]) => shownField({ table, field, value }, site, how));
    return { table, title: shape?.title ?? table, fields };
  });
}

export function shownField({ table, field, value }: { readonly table: string; readonly field: string; readonly value: Value }, site: Site, how: 'masked' | 'as-is'): ShownField {
  const shape = shapesOf(site).get(table);
  const one = shape?.fields[shape.position.get(field) ?? -1];
  const mask = maskOf(site, table, one, field);
  const shown = mask === null || how === 'as-is' || value === null ? value : maskedText(String(value), mask.as);
  return { table, field, label: one?.comment ?? field, value: shown, class: mask?.class ?? 'plain' };
}

/** Who holds or applies, masked; null when no row says. */
export function holderOf(records: readonly SealedRecord[], site: Site): string | null {
  for (const { table, field } of site.personal.holderNames) {
    const record = records.find((one) => one.table === table);
    const value = record === undefined ? null : (JSON.parse(record.body) as Record<string, Value>)[field] ?? null;
    if (value !== null) return maskedText(String(value), 'name');
  }
  return null;
}

/** A record's identifier: as it is where its field may be shown, else its ends. */
export function shownIdentity(dataset: string, identity: string | null, site: Site): string | null {
  if (identity === null) return null;
  const fields = site.datasets.find((one) => one.dataset === dataset)?.identity ?? [];
  const open = fields.every(({ table, field }) => maskOf(site, table, shapesOf(site).get(table)?.fields.find((one) => one.name === field), field) === null);
  return open && fields.length > 0 ? identity : maskedText(identity, 'ends');
}

/** Texts of a record that must not be repeated in somebody else's words. */
export function secretsOf(records: readonly SealedRecord[], site: Site): readonly string[] {
  const found = records.flatMap(({ table, body }) => Object.entries(JSON.parse(body) as Record<string, Value>).flatMap(([field, value]) => {
    const shape = shapesOf(site).get(table);
    const mask = maskOf(site, table, shape?.fields[shape.position.get(field) ?? -1], field);
    return mask === null || value === null || String(value).length < 2 ? [] : [String(value)];
  }));
  return found.toSorted((one, other) => other.length - one.length);
}

/** Numbers of persons however they come: 18 and 15 digits of a citizen, 11 of a phone, 16 to 19 of a card. */
const numbers = /\d{17}[\dXx]|\d{16,19}|\d{15}|1[3-9]\d{9}/g;

/** Somebody else's words (a region's, a county's) without what the record says of persons, and without anything that looks like a person's number. */
export function scrubbed(words: string, secrets: readonly string[] = []): string {
  const without = secrets.reduce((text, secret) => text.replaceAll(secret, maskedText(secret, 'name')), words);
  return without.replace(numbers, (number) => maskedText(number, 'ends'));
}
