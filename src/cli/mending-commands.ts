import type { Command } from 'commander';
import { Failure } from '../record/failure.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { quarantinePreview, quarantineRedrive } from './quarantine-mend.ts';
import { quarantineExport, quarantineImport } from './quarantine-sheet.ts';
import { selectionOf, withSelection, type SelectionOptions } from './selection-options.ts';
import { wholeNumber } from './typed.ts';

/** How the program makes and starts commands. */
export interface CommandTools<Options> {
  readonly say: (key: string) => string;
  readonly go: (options: Options, work: (invocation: Invocation) => Promise<ExitCode>) => void;
}

/** Adds what people do with records set aside: `preview`, `redrive`, `export` and `import`. */
export function mendingCommands<Options>(command: (name: string, key: string) => Command, { say, go }: CommandTools<Options>): void {
  withSelection(command('preview [numbers...]', 'quarantinePreview'), say)
    .action((numbers: string[], options: Options & SelectionOptions) => go(options, (invocation) => quarantinePreview(invocation, selectionOf(options, numbers))));
  withSelection(command('redrive [numbers...]', 'quarantineRedrive'), say)
    .requiredOption('--who <name>', say('who')).requiredOption('--why <reason>', say('why')).option('--per-second <records>', say('perSecond'), wholeNumber, 200)
    .option('--older <hours>', say('older'), Number)
    .action((numbers: string[], options: Options & SelectionOptions & { who: string; why: string; perSecond: number; older?: number }) => go(options, (invocation) =>
      quarantineRedrive(invocation, { ...selectionOf(options, numbers), ...setAsideFor(invocation, options.older) }, options)));
  withSelection(command('export [numbers...]', 'quarantineExport'), say).requiredOption('--xlsx <file>', say('xlsx'))
    .action((numbers: string[], options: Options & SelectionOptions & { xlsx: string }) => go(options, (invocation) =>
      quarantineExport(invocation, selectionOf(options, numbers), options.xlsx)));
  command('import <file>', 'quarantineImport').requiredOption('--who <name>', say('who')).option('--preview', say('onlyPreview'), false)
    .action((file: string, options: Options & { who: string; preview: boolean }) => go(options, (invocation) =>
      quarantineImport(invocation, file, { who: options.who, only: options.preview ? 'preview' : 'take' })));
}

/** Records that have been set aside for so many hours; a Failure `RATE_WRONG` for what is no number of hours. */
function setAsideFor({ parts }: Invocation, hours: number | undefined): { readonly before?: number } {
  if (hours === undefined) return {};
  if (!(hours >= 0)) throw new Failure('RATE_WRONG', { value: String(hours) });
  return { before: parts.clock.wallMs() - hours * 3_600_000 };
}
