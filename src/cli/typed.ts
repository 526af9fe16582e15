import { type CommanderError, InvalidArgumentError, type Command, type HelpConfiguration, type Option } from 'commander';
import type { Told, Texts } from './texts.ts';

/** Commander's codes for what it does not understand, as codes of our own. */
const codes: Readonly<Record<string, string>> = {
  'commander.unknownCommand': 'COMMAND_UNKNOWN',
  'commander.unknownOption': 'OPTION_UNKNOWN',
  'commander.missingArgument': 'ARGUMENT_MISSING',
  'commander.missingMandatoryOptionValue': 'OPTION_MISSING',
  'commander.optionMissingArgument': 'OPTION_WITHOUT_VALUE',
  'commander.excessArguments': 'ARGUMENTS_TOO_MANY',
  'commander.invalidArgument': 'OPTION_NOT_A_NUMBER',
};

/** What a person typed and the program does not understand; null for help that was asked for or has been shown instead. */
export function misunderstood({ code, message }: CommanderError): Told | null {
  const known = codes[code];
  if (known === undefined) return null;
  const typed = /'([^']*)'/.exec(message)?.[1] ?? '';
  const near = /Did you mean (?:one of )?(.+)\?/.exec(message)?.[1] ?? '';
  return { code: known, facts: { typed, near } };
}

/** An option's value as a whole number, nothing else. */
export function wholeNumber(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('a whole number is needed');
  return number;
}

/** Help in the reader's language: titles and defaults too. */
function speakingHelp(texts: Texts): HelpConfiguration {
  const titles: Readonly<Record<string, string>> = {
    'Usage:': 'usage', 'Arguments:': 'arguments', 'Options:': 'options', 'Global Options:': 'options', 'Commands:': 'commands',
  };
  return {
    styleTitle: (title) => (titles[title] === undefined ? title : texts.say(`cli.title.${titles[title]}`)),
    optionDescription: (option: Option) => {
      const { description, defaultValue } = option;
      return defaultValue === undefined || defaultValue === false ? description : `${description}${texts.say('cli.title.default', { value: String(defaultValue) })}`;
    },
  };
}

/** Gives a command help in the reader's language; the commands made under it have it too. */
export function speak(program: Command, texts: Texts): Command {
  return program.configureHelp(speakingHelp(texts)).helpOption('-h, --help', texts.say('cli.help.help')).helpCommand('help [command]', texts.say('cli.help.help'));
}
