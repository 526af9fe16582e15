import { namesIn, partsOf, type Part } from '../../src/port/template.ts';
import type { RecordRule } from '../../src/port/profile.ts';
import type { Entry } from '../../src/record/batch.ts';

/** What the fields of a batch's records may name. */
export type Known = Readonly<Record<string, string | number>>;

/** JSON of a batch's records, one after the other. */
export type RecordWriter = (entries: readonly Entry[], known: Known) => readonly string[];

/** Compiles how records are written. Where names stay as they are, a record's own JSON is taken as it is and closed anew. */
export function recordWriter(rule: RecordRule): RecordWriter {
  const asIs = (rule.names ?? 'as-is') === 'as-is' && Object.keys(rule.rename ?? {}).length === 0;
  const ofRecord = Object.values(rule.fields).some((text) => namesIn(text).some((name) => name.startsWith('record.')));
  return asIs && !ofRecord ? closedAnew(rule) : rewritten(rule);
}

/** A field's name as the region writes it. */
export function namer({ names, rename }: Pick<RecordRule, 'names' | 'rename'>): (field: string) => string {
  const camel = (field: string): string => field.replaceAll(/_+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());
  return (field) => {
    if (rename !== undefined && Object.hasOwn(rename, field)) return rename[field] ?? field;
    if (names === 'camelCase') return camel(field);
    if (names === 'PascalCase') return camel(field).replace(/^./, (letter) => letter.toUpperCase());
    return field;
  };
}

function closedAnew({ fields, operations }: RecordRule): RecordWriter {
  const compiled = Object.entries(fields).map(([name, text]) => [JSON.stringify(name), partsOf(text)] as const);
  return (entries, known) => {
    const tail = (operation: string): string =>
      `${compiled.map(([name, parts]) => `,${name}:${JSON.stringify(filled(parts, { ...known, operation }))}`).join('')}}`;
    const tails = { create: tail(operations.create), update: tail(operations.update), remove: tail(operations.remove) };
    return entries.map((entry) => entry.body.slice(0, -1) + tails[entry.operation]);
  };
}

function rewritten(rule: RecordRule): RecordWriter {
  const nameOf = namer(rule);
  const compiled = Object.entries(rule.fields).map(([name, text]) => [nameOf(name), partsOf(text)] as const);
  return (entries, known) => entries.map((entry) => {
    const record = JSON.parse(entry.body) as Readonly<Record<string, unknown>>;
    const written: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(record)) written[nameOf(field)] = value;
    const names: Record<string, string | number> = { ...known, operation: rule.operations[entry.operation] };
    for (const [field, value] of Object.entries(record)) {
      if (typeof value === 'string' || typeof value === 'number') names[`record.${field}`] = value;
    }
    for (const [name, parts] of compiled) if (parts.every((part) => typeof part === 'string' || part.name in names)) written[name] = filled(parts, names);
    return JSON.stringify(written);
  });
}

/** A template of names that are all known; a single one keeps its own type. */
export function filled(parts: readonly Part[], known: Known): string | number {
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'object') return worthOf(only.name, known);
  return parts.map((part) => (typeof part === 'string' ? part : String(worthOf(part.name, known)))).join('');
}

function worthOf(name: string, known: Known): string | number {
  if (!Object.hasOwn(known, name)) throw new Error(`a text of the profile names {${name}}, which nobody knows when a batch is written`);
  return known[name] ?? '';
}
