import type { Conflict } from '../port/inbound.ts';
import { shownAs } from '../inbound/decide.ts';
import { Failure } from '../record/failure.ts';
import { decideAtCounty } from './deciding.ts';
import { lookInto, openSite, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { tableLines } from './table.ts';

/** `qilian conflicts list`: shared columns that both sides changed, both values side by side; `--all` with those decided. */
export async function conflictsList(invocation: Invocation, options: { readonly all?: boolean; readonly limit: number }): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const store = lookInto(invocation, await readSite(invocation));
  try {
    const found = await store.conflicts(options.all === true ? 'all' : 'open', options.limit);
    if (json) parts.out(JSON.stringify(found.map((one) => ({ ...one, seen: shownAs(one) }))));
    else if (found.length === 0) parts.out(texts.say('cli.conflicts.none'));
    else for (const line of lines(found, invocation)) parts.out(line);
    return 0;
  } finally {
    await store.close();
  }
}

function lines(found: readonly Conflict[], { texts }: Invocation): readonly string[] {
  const heads = ['number', 'dataset', 'key', 'column', 'county', 'region', 'state', 'seen'].map((key) => texts.say(`cli.head.${key}`));
  return tableLines(heads, found.map((one) => [one.id, one.resource, one.key, `${one.table}.${one.column}`, one.county ?? '', one.region ?? '', texts.say(`cli.conflicts.${one.state}`), shownAs(one)]));
}

/** What a person decides, with the reason, and as what the conflict was shown. */
export interface DecideOptions {
  readonly seen: string;
  readonly by: string;
  readonly why: string;
}

/** `qilian conflicts decide <number> region|county`: the other side's value gives way. */
export async function conflictsDecide(invocation: Invocation, words: { readonly number: number; readonly side: string }, { seen, by, why }: DecideOptions): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const { number: id, side } = words;
  if (!Number.isSafeInteger(id) || (side !== 'region' && side !== 'county')) throw new Failure('CONFLICT_NOT_OPEN', { id: String(words.number) });
  const site = await readSite(invocation);
  const { store, close } = await openSite(invocation, site);
  try {
    const decided = await decideAtCounty({ parts, site, store }, { id, side, seen, by, why });
    parts.out(json ? JSON.stringify({ id: decided.id, state: decided.state, by, why }) : texts.say('cli.conflicts.done', { id, side: texts.say(`cli.conflicts.${side}`) }));
    return 0;
  } finally {
    await close();
  }
}
