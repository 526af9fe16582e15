import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, FuncKeywordDefinition, SchemaObject, ValidateFunction } from 'ajv';
import { isDateTime } from './calendar.ts';
import type { TextLimits } from './data.ts';
import type { Fault } from './fault.ts';
import type { FieldShape, TableShape, Value } from './table-shape.ts';
import { plainText, safeLength, textFaults } from './text-check.ts';

/** Signed 32 bits: what an `int` column of the region holds. */
const intRange = { minimum: -2147483648, maximum: 2147483647 } as const;

/** First and last second a datetime may name; beyond them it is a slip of the pen. */
const earliest = '1900-01-01 00:00:00';
const latest = '2098-12-31 23:59:59';

/** The validator of a table's values; its errors name the field by position and carry a fault. */
export type TableValidator = ValidateFunction<readonly Value[]>;

/** A validator factory with the region's own keywords: one compiled function per table. The schemas are made here, so they are not checked against the meta schema, which would cost more than compiling them; a test does. */
export function tableValidators(text: TextLimits): (shape: TableShape) => TableValidator {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, verbose: false, meta: false, validateSchema: false });
  ajv.addKeyword(faultKeyword('text', (limit: number) => textKeyword(limit, text)));
  ajv.addKeyword(faultKeyword('codes', codesKeyword));
  ajv.addKeyword(faultKeyword('dateTime', () => dateTimeFault));
  return (shape) => ajv.compile<readonly Value[]>(tableSchema(shape));
}

/** A table as JSON Schema (draft 2020-12) over the array of its values. */
export function tableSchema(shape: TableShape): SchemaObject {
  const count = shape.fields.length;
  return { type: 'array', prefixItems: shape.fields.map(fieldSchema), items: false, minItems: count, maxItems: count };
}

/** What an error of the validator says about which field. */
export function faultOf(error: ErrorObject, shape: TableShape): { readonly field: FieldShape | undefined; readonly fault: Fault } {
  const field = shape.fields[Number(error.instancePath.slice(1))];
  const fault: unknown = error.params['fault'];
  return { field, fault: isFault(fault) ? fault : { code: error.keyword === 'type' ? 'VALUE_MISSING' : 'NUMBER_INVALID' } };
}

/** Every fault of one value that the site's files fix in advance: a constant or a default. */
export function valueFaults(field: FieldShape, text: TextLimits, value: Value): readonly Fault[] {
  if (field.type === 'int' && (!Number.isInteger(value) || Number(value) < intRange.minimum || Number(value) > intRange.maximum)) return [{ code: 'NUMBER_INVALID' }];
  if (field.type !== 'int' && typeof value !== 'string') return [{ code: 'WRONG_TYPE' }];
  const { dictionary } = field;
  const byCode = dictionary === null ? null : codesKeyword({ separator: dictionary.separator ?? null, list: Object.keys(dictionary.entries) })(value);
  const byType = field.type === 'datetime' ? dateTimeFault(value) : field.type === 'varchar' ? textKeyword(field.length ?? Number.MAX_SAFE_INTEGER, text)(value) : null;
  return [...(byType ?? []), ...(byCode ?? [])];
}

function fieldSchema(field: FieldShape): SchemaObject {
  const orNothing = (type: string): string | readonly string[] => (field.required ? type : [type, 'null']);
  const codes = field.dictionary === null ? {} : { codes: { separator: field.dictionary.separator ?? null, list: Object.keys(field.dictionary.entries) } };
  if (field.type === 'int') return { type: orNothing('integer'), ...intRange, ...codes };
  if (field.type === 'datetime') return { type: orNothing('string'), dateTime: true };
  return { type: orNothing('string'), text: field.length ?? Number.MAX_SAFE_INTEGER, ...codes };
}

/** A keyword whose check gives null when all is well, and otherwise every fault of the value. */
function faultKeyword<S>(keyword: string, checkOf: (schema: S) => (value: Value) => readonly Fault[] | null): FuncKeywordDefinition {
  return {
    keyword,
    errors: true,
    compile: (schema: S) => {
      const check = checkOf(schema);
      const validate: { (value: Value): boolean; errors?: Partial<ErrorObject>[] } = (value) => {
        const faults = check(value);
        if (faults === null) return true;
        validate.errors = faults.map((fault) => ({ keyword, params: { fault } }));
        return false;
      };
      return validate;
    },
  };
}

function textKeyword(limit: number, limits: TextLimits): (value: Value) => readonly Fault[] | null {
  const safe = safeLength(limit, limits.unit);
  return (value) => {
    if (typeof value !== 'string' || plainText(value, safe, limits.unit)) return null;
    const faults = textFaults(value, limit, limits);
    return faults.length === 0 ? null : faults;
  };
}

function codesKeyword(codes: { readonly separator: string | null; readonly list: readonly string[] }): (value: Value) => readonly Fault[] | null {
  const known = new Set(codes.list);
  return (value) => {
    if (value === null || known.has(String(value))) return null;
    const parts = codes.separator === null ? [String(value)] : String(value).split(codes.separator);
    const unknown = parts.filter((part) => !known.has(part));
    return unknown.length === 0 ? null : unknown.map((part) => ({ code: 'CODE_UNKNOWN', facts: { value: part.slice(0, 20) } }));
  };
}

function dateTimeFault(value: Value): readonly Fault[] | null {
  if (typeof value !== 'string') return null;
  if (!isDateTime(value)) return [{ code: 'DATE_INVALID' }];
  return value >= earliest && value <= latest ? null : [{ code: 'DATE_OUT_OF_RANGE', facts: { earliest, latest } }];
}

function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'code' in value;
}
