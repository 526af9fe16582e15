import type { Command } from 'commander';
import type { Selection } from '../mending/selection.ts';
import { Failure } from '../record/failure.ts';

/** What a person typed to say which records set aside are meant. */
export interface SelectionOptions {
  readonly dataset?: string;
  readonly code?: string;
  readonly field?: string;
  readonly value?: string;
  readonly department?: string;
}

/** Adds the options that choose among records set aside. */
export function withSelection(command: Command, say: (key: string) => string): Command {
  return command.option('--dataset <name>', say('dataset')).option('--code <code>', say('code')).option('--field <field>', say('field'))
    .option('--value <value>', say('value')).option('--department <name>', say('department'));
}

/** An empty department means records for which nobody is named; no number means all. */
export function selectionOf({ dataset, code, field, value, department }: SelectionOptions, numbers: readonly string[] = []): Selection {
  return {
    ...(dataset === undefined ? {} : { dataset }), ...(code === undefined ? {} : { code }), ...(field === undefined ? {} : { field }),
    ...(value === undefined ? {} : { value }), ...(department === undefined ? {} : { department: department === '' ? null : department }),
    ...(numbers.length === 0 ? {} : { numbers: numbers.map(numberOf) }),
  };
}

function numberOf(word: string): number {
  const number = Number(word.replace(/^#/, ''));
  if (!Number.isSafeInteger(number) || number < 1) throw new Failure('QUARANTINE_UNKNOWN', { number: word });
  return number;
}
