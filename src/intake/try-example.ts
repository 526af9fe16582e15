import type { Contract } from '../contract/contract.ts';
import type { Value } from '../contract/table-shape.ts';
import type { DatasetMapping } from '../mapping/dataset.ts';
import type { Example, ExpectedProblem } from '../mapping/example.ts';
import { compileMapping } from '../mapping/mapping.ts';
import type { Mapped } from '../record/envelope.ts';
import type { Problem } from '../record/problem.ts';
import { examiner } from './examine.ts';

/** One thing that is not as an example says; a value that is not there is `null`. */
export interface Difference {
  /** `table.field`, `table` or a word for the whole: `outcome`, `problem`, `records`. */
  readonly at: string;
  readonly expected: string;
  readonly found: string;
}

interface Sent {
  readonly table: string;
  readonly fields: Readonly<Record<string, Value>>;
}

/** Sends examples down the way every row goes, up to where it would be kept, and tells what is different. Pure. */
export function exampleTrier(mapping: DatasetMapping, contract: Contract): (example: Example) => readonly Difference[] {
  const examine = examiner(compileMapping(mapping, contract), contract);
  return ({ change, expects }) => {
    const mapped = examine(change);
    const sent = mapped.state === 'good' ? mapped.records.map(({ table, body }) => ({ table, fields: JSON.parse(body) as Sent['fields'] })) : [];
    const outcome = expects.gone ? 'gone' : expects.problems.some((one) => one.severity === 'refuse') ? 'refused' : 'sent';
    return [
      ...(outcome === outcomeOf(mapped) ? [] : [{ at: 'outcome', expected: outcome, found: outcomeOf(mapped) }]),
      ...problemDifferences(expects.problems, mapped.state === 'gone' ? [] : mapped.problems),
      ...(expects.records === undefined ? [] : recordDifferences(expects.records, sent)),
      ...Object.entries(expects.counts).flatMap(([table, count]) => unequal(table, count, of(sent, table).length)),
      ...Object.entries(expects.fields).flatMap(([name, value]) => fieldDifferences(name, value, sent)),
    ];
  };
}

function outcomeOf(mapped: Mapped): string {
  return mapped.state === 'good' ? 'sent' : mapped.state === 'bad' ? 'refused' : 'gone';
}

function of(sent: readonly Sent[], table: string): readonly Sent[] {
  return sent.filter((one) => one.table === table);
}

function unequal(at: string, expected: Value, found: Value): readonly Difference[] {
  return expected === found ? [] : [{ at, expected: JSON.stringify(expected), found: JSON.stringify(found) }];
}

/** One value: every record of the table has it, and there is one at least. A list: one value for each record, in order. */
function fieldDifferences(name: string, expected: Value | readonly Value[], sent: readonly Sent[]): readonly Difference[] {
  const [table = '', field = ''] = name.split('.');
  const found = of(sent, table).map((one) => one.fields[field] ?? null);
  if (isList(expected)) return JSON.stringify(expected) === JSON.stringify(found) ? [] : [{ at: name, expected: JSON.stringify(expected), found: JSON.stringify(found) }];
  if (found.length === 0) return [{ at: name, expected: JSON.stringify(expected), found: '—' }];
  return found.flatMap((value) => unequal(name, expected, value)).slice(0, 1);
}

function isList(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

function recordDifferences(expected: readonly Sent[], sent: readonly Sent[]): readonly Difference[] {
  const names = (records: readonly Sent[]): string => records.map((one) => one.table).join(' ');
  if (names(expected) !== names(sent)) return unequal('records', names(expected), names(sent));
  return sent.flatMap(({ table, fields }, at) => {
    const wanted = expected[at]?.fields ?? {};
    return [...new Set([...Object.keys(fields), ...Object.keys(wanted)])].flatMap((name) => unequal(`${table}.${name}`, wanted[name] ?? null, fields[name] ?? null));
  });
}

/** Problems pair off in any order; what is left on either side is a difference. */
function problemDifferences(expected: readonly ExpectedProblem[], found: readonly Problem[]): readonly Difference[] {
  const left = [...found];
  const missing = expected.filter((one) => {
    const at = left.findIndex((problem) => fits(one, problem));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [
    ...missing.map((one) => ({ at: 'problem', expected: [one.severity, one.code, one.at, childWord(one.child)].filter(Boolean).join(' '), found: '—' })),
    ...left.map((one) => ({ at: 'problem', expected: '—', found: [one.severity, one.code, placeOf(one), childWord(one.facts?.['child'])].filter(Boolean).join(' ') })),
  ];
}

function fits(expected: ExpectedProblem, found: Problem): boolean {
  return expected.code === found.code && expected.severity === found.severity && (expected.at ?? '') === placeOf(found)
    && (expected.child === undefined || expected.child === found.facts?.['child']);
}

function placeOf({ table, field }: Problem): string {
  return [table, field].filter((part) => part !== undefined).join('.');
}

function childWord(child: string | number | undefined): string {
  return child === undefined ? '' : `#${child}`;
}
