import type { Command } from 'commander';
import type { Common, Making } from './conflict-commands.ts';
import { dictionariesList, dictionariesTake } from './dictionaries.ts';

/** Adds `dictionaries list` and `dictionaries take`. */
export function withDictionaries(dictionaries: Command, { command, say, go }: Making): void {
  command('list', 'dictionariesList', dictionaries).action((options: Common) => go(options, dictionariesList));
  command('take <number>', 'dictionariesTake', dictionaries).option('--confirm <plan>', say('confirmDictionary'))
    .action((number: string, options: Common & { confirm?: string }) => go(options, (invocation) => dictionariesTake(invocation, Number(number), options)));
}
