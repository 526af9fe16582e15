import type { Command } from 'commander';
import { conflictsDecide, conflictsList, type DecideOptions } from './conflicts.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { wholeNumber } from './typed.ts';

/** Options every command has. */
export interface Common {
  readonly site?: string;
  readonly data?: string;
  readonly lang?: string;
  readonly json?: boolean;
}

/** How the program makes a command and lets it run. */
export interface Making {
  readonly command: (name: string, key: string, parent?: Command) => Command;
  readonly say: (key: string) => string;
  readonly go: (options: Common, work: (invocation: Invocation) => Promise<ExitCode>) => void;
}

/** Adds `conflicts list` and `conflicts decide`. */
export function withConflicts(conflicts: Command, { command, say, go }: Making): void {
  command('list', 'conflictsList', conflicts).option('--all', say('conflictsAll')).option('--limit <number>', say('limit'), wholeNumber, 50)
    .action((options: Common & { all?: boolean; limit: number }) => go(options, (invocation) => conflictsList(invocation, options)));
  command('decide <number> <side>', 'conflictsDecide', conflicts).requiredOption('--seen <state>', say('seen')).requiredOption('--by <name>', say('who')).requiredOption('--why <reason>', say('why'))
    .action((number: string, side: string, options: Common & DecideOptions) => go(options, (invocation) => conflictsDecide(invocation, { number: Number(number), side }, options)));
}
