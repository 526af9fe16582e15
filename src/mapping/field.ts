import { isDateTime } from '../contract/calendar.ts';
import type { FieldShape, Value } from '../contract/table-shape.ts';
import { longestCell } from '../record/change.ts';
import type { Problem } from '../record/problem.ts';
import { codeStep } from './code-step.ts';
import type { FieldMapping, Steps } from './dataset.ts';
import { patternReader, patternWriter, usualMoment, type Moment } from './date-pattern.ts';
import { compileExpression } from '../contract/expression.ts';
import { columnReader, type Place, type Read } from './place.ts';
import { refuse, type Step, type Target } from './target.ts';
import { cutText, padded, textSteps } from './text-steps.ts';

/** Reads one field of a record, with its type as the region wants it. */
export type FieldReader = (place: Place) => Value;

const regionForm = 'yyyy-MM-dd HH:mm:ss';

/** Composes a field's function, once; what a row costs afterwards is the steps the field really has. */
export function fieldReader(mapping: FieldMapping, target: Target): FieldReader {
  const { origin, steps } = mapping;
  if (origin.kind === 'constant') return () => origin.value;
  const read = valueReader(mapping, target, target.field.type);
  const typed = target.field.type === 'int' ? integer(read, target) : read;
  return steps.default === undefined ? typed : withDefault(typed, steps.default.value, target);
}

/** The field's value as text: its origin, then its steps. */
function valueReader(mapping: FieldMapping, target: Target, type: FieldShape['type']): Read {
  const read = originReader(mapping, target);
  const steps = stepsOf(mapping.steps, target, type);
  const [only, ...more] = steps;
  if (only === undefined) return read;
  if (more.length === 0) {
    return (place) => {
      const text = read(place);
      return text === null ? null : only(text, place) || null;
    };
  }
  return (place) => {
    let text = read(place);
    for (let at = 0; at < steps.length && text !== null; at += 1) text = steps[at]?.(text, place) || null;
    return text;
  };
}

function originReader({ origin }: FieldMapping, target: Target): Read {
  switch (origin.kind) {
    case 'column':
      return wholeReader(columnReader(origin.place), origin.place.column, target);
    case 'constant': {
      const text = String(origin.value);
      return () => text;
    }
    case 'first':
      return firstOf(origin.parts.map((part) => partReader(part, target)));
    case 'join':
      return joinOf(origin.parts.map((part) => ({ read: partReader(part, target), fixed: part.origin.kind === 'constant' })), origin.separator);
    case 'expression':
      return workedOut(origin, target);
  }
}

/** Of a value longer than is read only the beginning is here, which is no value. */
function wholeReader(read: Read, column: string, target: Target): Read {
  return (place) => {
    const text = read(place);
    return text === null || text.length <= longestCell ? text : refuse(place, target, { code: 'CELL_TOO_LONG', facts: { column, limit: longestCell } });
  };
}

/** Nothing is worked out from what is not there. */
function workedOut({ source, inputs }: Extract<FieldMapping['origin'], { kind: 'expression' }>, target: Target): Read {
  const reads = Object.entries(inputs).map(([name, part]) => [name, partReader(part, target)] as const);
  const compiled = compileExpression(source, reads.map(([name]) => name));
  if (!('work' in compiled)) throw new TypeError(`expression of ${target.field.name}: ${compiled.reason}`);
  return (place) => {
    const values: Record<string, string> = {};
    for (const [name, read] of reads) {
      const text = read(place);
      if (text === null) return null;
      values[name] = text;
    }
    return compiled.work(values) ?? refuse(place, target, { code: 'EXPRESSION_FAILED' });
  };
}

/** A part is text whatever its field is: a date in it is written, a default in it is used like the field's own. */
function partReader(part: FieldMapping, target: Target): Read {
  const read = valueReader(part, target, 'varchar');
  if (part.steps.default === undefined) return read;
  const defaulted = withDefault(read, String(part.steps.default.value), target);
  return (place) => {
    const value = defaulted(place);
    return value === null ? null : String(value);
  };
}

function firstOf(reads: readonly Read[]): Read {
  return (place) => {
    const before = place.missed;
    for (const read of reads) {
      const text = read(place);
      if (text !== null) {
        place.missed = before;
        return text;
      }
    }
    return null;
  };
}

/** Constants alone are no value: a separator is not a name. */
function joinOf(parts: readonly { readonly read: Read; readonly fixed: boolean }[], separator: string): Read {
  return (place) => {
    const found = parts.map((part) => ({ text: part.read(place), fixed: part.fixed })).filter((part) => part.text !== null);
    return found.every((part) => part.fixed) ? null : found.map((part) => part.text).join(separator);
  };
}

function stepsOf(steps: Steps, target: Target, type: FieldShape['type']): readonly Step[] {
  const { cut } = steps;
  return [
    ...textSteps(steps, target.codes),
    ...codeStep(steps, target),
    ...dateStep(steps, target, type),
    ...(steps.pad === undefined ? [] : [padded(steps.pad)]),
    ...(cut === undefined ? [] : [(text: string, place: Place) => cutDown(text, cut.to, { place, target })]),
  ];
}

function dateStep(steps: Steps, target: Target, type: FieldShape['type']): readonly Step[] {
  if (type !== 'datetime' && steps.date === undefined && steps.write === undefined) return [];
  const readers = steps.date?.map(patternReader) ?? [usualMoment];
  const write = patternWriter(type === 'datetime' ? regionForm : (steps.write ?? regionForm));
  const asItIs = steps.date === undefined && (type === 'datetime' || steps.write === undefined || steps.write === regionForm);
  return [(text, place) => {
    if (asItIs && isDateTime(text)) return text;
    const moment = firstMoment(readers, text);
    return moment === null ? refuse(place, target, { code: 'DATE_INVALID' }) : write(moment);
  }];
}

function firstMoment(readers: readonly ((text: string) => Moment | null)[], text: string): Moment | null {
  for (const read of readers) {
    const moment = read(text);
    if (moment !== null) return moment;
  }
  return null;
}

function integer(read: Read, target: Target): FieldReader {
  return (place) => {
    const text = read(place);
    if (text === null) return null;
    const number = /^[+-]?\d{1,15}(?:\.0+)?$/.test(text) ? Number(text) : Number.NaN;
    return Number.isNaN(number) ? refuse(place, target, { code: 'NUMBER_INVALID' }) : number + 0;
  };
}

function withDefault(read: FieldReader, value: Value, target: Target): FieldReader {
  const note: Problem = { code: 'DEFAULT_USED', severity: 'note', table: target.table, field: target.field.name, facts: { value: value ?? '' } };
  return (place) => {
    const found = read(place);
    if (found !== null || place.failed) return found;
    place.missed = null;
    place.problems.push(note);
    return value;
  };
}

function cutDown(text: string, to: number, at: { readonly place: Place; readonly target: Target }): string {
  const cut = cutText(text, to);
  if (cut === null) return text;
  const { table, field } = at.target;
  at.place.problems.push({ code: 'TEXT_CUT', severity: 'warn', table, field: field.name, facts: { length: [...text].length, to } });
  return cut;
}
