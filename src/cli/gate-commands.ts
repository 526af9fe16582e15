import type { Command } from 'commander';
import { sayGate, type GateOptions } from './gates.ts';
import type { CommandTools } from './mending-commands.ts';

/** Adds what people do with the gates to the region: `hold` and `release`. */
export function gateCommands<Options>(command: (name: string, key: string) => Command, { say, go }: CommandTools<Options>): void {
  for (const [word, key] of [['hold', 'gateHold'], ['release', 'gateRelease']] as const) {
    command(word, key).option('--dataset <name>', say('dataset'))
      .requiredOption('--who <name>', say('who')).requiredOption('--reason, --why <reason>', say('why'))
      .action((options: Options & GateOptions) => go(options, (invocation) => sayGate(invocation, word, options)));
  }
}
