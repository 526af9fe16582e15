import type { Outcome } from '../mending/outcome.ts';
import { preview } from '../mending/preview.ts';
import { redrive, type Redriven } from '../mending/redrive.ts';
import type { Selection } from '../mending/selection.ts';
import { Failure } from '../record/failure.ts';
import { highWater } from '../schedule/gateway.ts';
import { correctionsOf, mendingParts } from '../schedule/mending.ts';
import { openCounty } from './county.ts';
import { lookInto, openSite, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { progressOf } from './progress.ts';
import { tableLines } from './table.ts';

/** Who asks for it, why, and how fast. */
export interface RedriveOptions {
  readonly who: string;
  readonly why: string;
  readonly perSecond: number;
}

/** `qilian quarantine preview`: what letting these records go would bring by today's files; nothing is kept. */
export async function quarantinePreview(invocation: Invocation, selection: Selection): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const site = await readSite(invocation);
  const store = lookInto(invocation, site);
  const mending = mendingParts(site, (name) => openCounty(invocation, site, name), await correctionsOf(site, store));
  const progress = progressOf(invocation, texts.say('cli.quarantine.previewing'));
  try {
    const outcome = await preview({ ...mending, store, selection, signal: parts.signal, progress: (read) => progress.moved({ read }) });
    progress.end();
    if (outcome === null) return 130;
    if (json) parts.out(JSON.stringify(outcome));
    else for (const line of [...outcomeLines(outcome, invocation), texts.say('cli.quarantine.previewed')]) parts.out(line);
    return 0;
  } finally {
    await mending.close();
    await store.close();
  }
}

/** `qilian quarantine redrive`: lets these records go again by today's files; 3 when some were left for want of room. */
export async function quarantineRedrive(invocation: Invocation, selection: Selection, options: RedriveOptions): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  if (!(options.perSecond > 0)) throw new Failure('RATE_WRONG', { value: String(options.perSecond) });
  const site = await readSite(invocation);
  const { gateway, store, close } = await openSite(invocation, site);
  const mending = mendingParts(site, (name) => openCounty(invocation, site, name), await correctionsOf(site, store));
  const progress = progressOf(invocation, texts.say('cli.quarantine.redriving'));
  try {
    const done = await redrive({
      ...mending, ...options, store, occupy: gateway.occupy, selection, highWater, clock: parts.clock, signal: parts.signal, progress: (read) => progress.moved({ read }),
    });
    progress.end();
    tellRedriven(invocation, done, json);
    return done.left === 'stopped' ? 130 : done.left === 'full' ? 3 : 0;
  } finally {
    await mending.close();
    await close();
  }
}

/** Says what came of a redrive. */
export function tellRedriven(invocation: Invocation, done: Redriven, json: boolean): void {
  const { parts, texts } = invocation;
  if (json) {
    parts.out(JSON.stringify(done));
    return;
  }
  for (const line of outcomeLines(done, invocation)) parts.out(line);
  if (done.freed + done.gone > 0) parts.out(texts.say('cli.quarantine.redriven'));
  if (done.left !== 'nothing') parts.err(texts.say(`cli.quarantine.${done.left}`));
}

/** Counts, then what stands against those that stay. */
export function outcomeLines(outcome: Outcome, { texts }: Invocation): readonly string[] {
  const heads = (...keys: string[]): string[] => keys.map((key) => texts.say(`cli.head.${key}`));
  const { looked, freed, waiting, gone, still, otherwise, unread, moved, problems } = outcome;
  return [
    ...tableLines(heads('looked', 'freed', 'waits', 'gone', 'stillQuarantined', 'otherwise', 'unread', 'moved'), [[looked, freed, waiting, gone, still, otherwise, unread, moved].map(String)]),
    ...(problems.length === 0 ? [] : ['', ...tableLines(heads('code', 'field', 'count', 'meaning'), problems.map((one) => [
      one.code, [one.table, one.field].filter(Boolean).join('.'), one.records, texts.title(one.code)]))]),
    '',
  ];
}
