import { isAbsolute, join, resolve } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { Failure } from '../record/failure.ts';
import { backup } from './backup.ts';
import { withBatches } from './batches.ts';
import { change } from './change.ts';
import { check } from './check.ts';
import { compare, type CompareOptions } from './compare.ts';
import { coverage } from './coverage.ts';
import { demo } from './demo.ts';
import { describeSource } from './describe.ts';
import { doctor } from './doctor.ts';
import { environmentOf } from './environment.ts';
import { gateCommands } from './gate-commands.ts';
import { init, type InitOptions } from './init.ts';
import { indicators, type IndicatorOptions } from './indicators.ts';
import { map, type MapOptions } from './map.ts';
import { SiteFilesWrong } from './open.ts';
import type { ExitCode, Invocation, Parts } from './parts.ts';
import { plan } from './plan.ts';
import { quality } from './quality.ts';
import { mendingCommands } from './mending-commands.ts';
import { catalogue } from './catalogue.ts';
import { ratings } from './ratings.ts';
import { withConflicts } from './conflict-commands.ts';
import { withDictionaries } from './dictionary-commands.ts';
import { quarantineList, quarantineShow } from './quarantine.ts';
import { resume } from './resume.ts';
import { retention } from './retention.ts';
import { run } from './run.ts';
import { selectionOf, withSelection, type SelectionOptions } from './selection-options.ts';
import { scanItemsShown } from './scan-items.ts';
import { simulator } from './simulator.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { test } from './test.ts';
import { trace } from './trace.ts';
import { misunderstood, speak, wholeNumber } from './typed.ts';
import { verify, type VerifyOptions } from './verify.ts';

/** Options every command has. */
interface Common {
  readonly site?: string;
  readonly data?: string;
  readonly profile?: string;
  readonly lang?: string;
  readonly json?: boolean;
}

type Work = (invocation: Invocation) => Promise<ExitCode>;

/** Understands what a person typed, does it, and says with which code the process ends. */
export async function runProgram(parts: Parts, words: readonly string[]): Promise<ExitCode> {
  let work: Promise<ExitCode> = Promise.resolve(0);
  const language = languageAmong(words) ?? parts.env['QILIAN_LANG'] ?? '';
  const program = programOf(parts, language, (invocation, done) => {
    work = guarded(invocation, done);
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause;
    const told = misunderstood(cause);
    if (told !== null) parts.err(`${told.code} ${parts.texts(language).sentence(told)}`);
    return cause.exitCode === 0 ? 0 : 2;
  }
  return work;
}

function languageAmong(words: readonly string[]): string | undefined {
  const index = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  return index < 0 ? undefined : words[index]?.split('=')[1] ?? words[index + 1];
}

/** Failures become a sentence with their code; anything unforeseen is told by its kind and where, never by its values. */
async function guarded(invocation: Invocation, work: Work): Promise<ExitCode> {
  const { parts, texts } = invocation;
  try {
    return await work(invocation);
  } catch (cause) {
    if (cause instanceof SiteFilesWrong) return 2;
    if (!isTold(cause)) throw cause;
    parts.err(`${cause.code} ${texts.sentence({ code: cause.code, facts: cause.facts })}`);
    return 1;
  }
}

/** Whether something thrown says by code and facts what a person must mend. */
function isTold(cause: unknown): cause is Pick<Failure, 'code' | 'facts'> {
  return cause instanceof Error && 'code' in cause && 'facts' in cause;
}

function programOf(parts: Parts, language: string, launch: (invocation: Invocation, work: Work) => void): Command {
  const texts = parts.texts(language);
  const say = (key: string): string => texts.say(`cli.help.${key}`);
  const program = speak(new Command('qilian').description(say('qilian')).exitOverride(), texts)
    .configureOutput({ writeOut: (text) => parts.out(text.trimEnd()), writeErr: (text) => parts.err(text.trimEnd()), outputError: () => undefined });
  const go = (options: Common, work: Work): void => launch(invocationOf(parts, options, texts), work);
  const command = (name: string, key: string, parent = program): Command => parent.command(name).description(say(key))
    .option('--site <dir>', say('site')).option('--profile <name>', say('profile')).option('--data <dir>', say('data')).option('--lang <language>', say('lang')).option('--json', say('json'));
  const seed = (): Option => new Option('--seed <number>', say('seed')).default(1).argParser(wholeNumber);
  const size = (): Option => new Option('--size <size>', say('size')).default('banner');

  const rehearsal = command('demo', 'demo').addOption(size()).addOption(seed()).option('--county <address>', say('countyAt'));
  rehearsal.action((options: Common & { size: string; seed: number; county?: string }) => go(options, (invocation) =>
    demo(invocation, { ...(options.county === undefined ? {} : { county: options.county }), size: options.size, seed: options.seed, simulatorPort: portOf(invocation, 'QILIAN_SIM_PORT') })));
  command('change', 'change', rehearsal).addOption(seed()).action((_: unknown, self: Command) => {
    const options = self.optsWithGlobals<Common & { seed: number }>();
    go(options, (invocation) => change(invocation, options.seed));
  });
  command('start', 'start').addOption(size()).addOption(seed()).action((options: Common & { size: string; seed: number }) => go(options, (invocation) =>
    start(invocation, {
      port: portOf(invocation, 'QILIAN_PORT'),
      rehearsal: invocation.siteDir === parts.root
        ? { simulatorPort: portOf(invocation, 'QILIAN_SIM_PORT'), size: options.size, seed: options.seed }
        : null,
    })));
  command('describe <source> [table]', 'describe').action((source: string, table: string | undefined, options: Common) =>
    go(options, (invocation) => describeSource(invocation, source, table)));
  command('quality', 'quality').option('--xlsx <file>', say('xlsx'))
    .action((options: Common & { xlsx?: string }) => go(options, (invocation) => quality(invocation, options)));
  command('init <dataset>', 'init').option('--source <name>', say('initSource')).option('--to <table>', say('initTo')).option('--from <table>', say('initFrom'))
    .option('--title <title>', say('initTitle')).option('--key <column>', say('initKey')).option('--time <column>', say('initTime'))
    .action((dataset: string, options: Common & InitOptions) => go(options, (invocation) => init(invocation, dataset, options)));
  command('doctor', 'doctor').action((options: Common) => go(options, doctor));
  command('check', 'check').action((options: Common) => go(options, check));
  command('test [dataset]', 'test').action((dataset: string | undefined, options: Common) => go(options, (invocation) => test(invocation, dataset)));
  command('map <dataset>', 'map').option('--row <file>', say('row')).option('--key <key>', say('key')).option('--plain', say('plain'), false)
    .action((dataset: string, options: Common & MapOptions) => go(options, (invocation) => map(invocation, dataset, options)));
  command('coverage [dataset]', 'coverage').action((dataset: string | undefined, options: Common) => go(options, (invocation) => coverage(invocation, dataset)));
  command('plan <job>', 'plan').action((job: string, options: Common) => go(options, (invocation) => plan(invocation, job)));
  command('run <job>', 'run').option('--confirm <plan>', say('confirm'))
    .action((job: string, options: Common & { confirm?: string }) => go(options, (invocation) => run(invocation, job, options.confirm)));
  command('compare [dataset]', 'compare').option('--repair <what>', say('repair'))
    .option('--confirm <plan>', say('confirmRepair')).option('--who <name>', say('who')).option('--why <reason>', say('why'))
    .option('--history', say('history'), false).option('--county', say('county'), false).option('--limit <number>', say('limit'), wholeNumber, 50)
    .action((dataset: string | undefined, options: Common & CompareOptions) => go(options, (invocation) => compare(invocation, dataset, options)));
  command('indicators', 'indicators').option('--year <year>', say('year')).option('--sql', say('sql'), false)
    .action((options: Common & IndicatorOptions) => go(options, (invocation) => indicators(invocation, options)));
  command('status', 'status').action((options: Common) => go(options, status));
  command('trace <dataset> <key>', 'trace').action((dataset: string, key: string, options: Common) =>
    go(options, (invocation) => trace(invocation, dataset, key)));
  command('scan-items', 'scan').action((options: Common) => go(options, scanItemsShown));
  command('catalogue', 'catalogue').action((options: Common) => go(options, catalogue));
  command('ratings', 'ratings').action((options: Common) => go(options, ratings));
  withDictionaries(program.command('dictionaries').description(say('dictionaries')), { command, say, go });
  withBatches(program.command('batches').description(say('batches')), { command, say, go });
  withConflicts(program.command('conflicts').description(say('conflicts')), { command, say, go });
  const quarantine = program.command('quarantine').description(say('quarantine'));
  withSelection(command('list', 'quarantineList', quarantine), say)
    .option('--after <number>', say('after'), wholeNumber, 0).option('--limit <number>', say('limit'), wholeNumber, 50)
    .action((options: Common & SelectionOptions & { after: number; limit: number }) => go(options, (invocation) =>
      quarantineList(invocation, { ...options, selection: selectionOf(options) })));
  command('show <number>', 'quarantineShow', quarantine)
    .action((number: string, options: Common) => go(options, (invocation) => quarantineShow(invocation, Number(number))));
  mendingCommands((name, key) => command(name, key, quarantine), { say, go });
  command('backup <file>', 'backup').action((file: string, options: Common) => go(options, (invocation) => backup(invocation, file)));
  command('resume <dataset>', 'resume').requiredOption('--who <name>', say('who')).requiredOption('--why <reason>', say('why'))
    .action((dataset: string, options: Common & { who: string; why: string }) => go(options, (invocation) => resume(invocation, dataset, options)));
  command('retention', 'retention').option('--dry-run', say('dryRun'), false)
    .action((options: Common & { dryRun: boolean }) => go(options, (invocation) => retention(invocation, options)));
  command('verify', 'verify').option('--audit <file>', say('auditFile')).option('--anchors <file>', say('anchorsFile')).option('--key <file>', say('keyFile'))
    .action((options: Common & VerifyOptions) => go(options, (invocation) => verify(invocation, options)));
  const breaker = program.command('breaker').description(say('breaker'));
  gateCommands((name, key) => command(name, key, breaker), { say, go });
  command('simulator', 'simulator').action((options: Common) => go(options, (invocation) => simulator(invocation, portOf(invocation, 'QILIAN_SIM_PORT'))));
  return program;
}

function invocationOf(parts: Parts, options: Common, texts: Invocation['texts']): Invocation {
  const siteDir = options.site === undefined ? parts.root : resolve(options.site);
  const told = options.data ?? parts.env['QILIAN_DATA'];
  // Another region's memory is another memory: what one has received says nothing of the other.
  const dataDir = told === undefined || told === '' ? join(siteDir, 'data', options.profile ?? '') : isAbsolute(told) ? told : resolve(told);
  const env = environmentOf(parts.env, { dataDir, shipped: siteDir === parts.root });
  return { parts, texts, siteDir, dataDir, env, json: options.json === true, ...(options.profile === undefined ? {} : { profile: options.profile }) };
}

function portOf({ env }: Invocation, name: string): number {
  const port = Number(env[name]);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Failure('PORT_WRONG', { name, value: String(env[name]) });
  return port;
}
