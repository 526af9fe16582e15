import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { dictionaryIn, effectOf, type DictionaryEffect, type IssuedDictionary } from '../inbound/dictionary-effect.ts';
import { breaksSomething, reachOf, type DictionaryReach } from '../inbound/dictionary-reach.ts';
import { readIssued } from '../inbound/issued-text.ts';
import type { Site } from '../config/site.ts';
import type { Store } from '../port/store.ts';
import type { InboundLook } from '../port/inbound.ts';
import type { IndicatorStore } from '../port/indicators.ts';
import { Failure } from '../record/failure.ts';
import { lookInto, openSite, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { tableLines } from './table.ts';

/** A list that waits, and what taking it would do. */
export interface Waiting {
  readonly id: number;
  readonly issued: IssuedDictionary;
  readonly effect: DictionaryEffect;
  readonly reach: DictionaryReach;
}

/** `qilian dictionaries list`: code lists the region has issued and nobody has taken yet, with what taking them would do. */
export async function dictionariesList(invocation: Invocation): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const site = await readSite(invocation);
  const store = lookInto(invocation, site);
  try {
    const found = await waitingLists(store, site);
    if (json) parts.out(JSON.stringify(found.map(shown)));
    else if (found.length === 0) parts.out(texts.say('cli.dictionaries.none'));
    else for (const line of lines(found, invocation)) parts.out(line);
    return 0;
  } finally {
    await store.close();
  }
}

function shown({ id, effect, reach }: Waiting): DictionaryEffect & DictionaryReach & { readonly id: number } {
  return { id, ...effect, ...reach };
}

function lines(found: readonly Waiting[], { texts }: Invocation): readonly string[] {
  const heads = ['number', 'dictionary', 'version', 'added', 'removed', 'renamed', 'broken'].map((key) => texts.say(`cli.head.${key}`));
  const table = tableLines(heads, found.map(({ id, effect: { name, version, added, removed, renamed, broken } }) => [id, name, version, added.join(' '), removed.join(' '), renamed.map(({ code }) => code).join(' '), broken.length]));
  return [...table, ...found.flatMap(({ id, effect, reach }) => [
    ...effect.broken.map((one) => texts.say('cli.dictionaries.broken', { ...one, dictionary: effect.name })),
    ...reach.carried.map((one) => texts.say('cli.dictionaries.carried', { ...one, dictionary: effect.name })),
    ...(reach.unread === 0 ? [] : [texts.say('cli.dictionaries.unread', { dictionary: effect.name, count: reach.unread })]),
    ...(breaksSomething(effect, reach) ? [texts.say('cli.dictionaries.confirm', { number: id, plan: reach.plan })] : []),
  ])];
}

/** `qilian dictionaries take <number>`: writes the list into the profile's `dictionaries.yaml`; where mappings or records would be left with a code that is gone, only under the plan that somebody has seen. */
export async function dictionariesTake(invocation: Invocation, number: number, options: { readonly confirm?: string }): Promise<ExitCode> {
  const { parts, texts, siteDir, json } = invocation;
  const site = await readSite(invocation);
  const { store, close } = await openSite(invocation, site);
  const look = lookInto(invocation, site);
  try {
    const found = await waitingList(look, site, number);
    const { issued } = found;
    if (!json) for (const line of lines([found], invocation)) parts.out(line);
    mustBeSeen(found, options.confirm);
    await takeList(found, { store, site, siteDir, at: parts.clock.wallMs() });
    parts.out(json ? JSON.stringify({ taken: issued.name, version: issued.version, effect: shown(found) }) : texts.say('cli.dictionaries.taken', { dictionary: issued.name, version: issued.version }));
    return 0;
  } finally {
    await look.close();
    await close();
  }
}

/** The list of this number, if it still waits and some field goes by it. */
export async function waitingList(look: Parameters<typeof waitingLists>[0], site: Site, number: number): Promise<Waiting> {
  const found = (await waitingLists(look, site)).find(({ id }) => id === number);
  if (found === undefined) throw new Failure('DICTIONARY_NOT_WAITING', { number: String(number) });
  if (!found.effect.known) throw new Failure('DICTIONARY_NOT_USED', { dictionary: found.issued.name });
  return found;
}

/** Writes the list into the profile's file, and that it has been taken. */
export async function takeList({ id, issued }: Waiting, { store, site, siteDir, at }: { readonly store: Pick<Store, 'conclude'>; readonly site: Site; readonly siteDir: string; readonly at: number }): Promise<void> {
  writeEntries(join(siteDir, site.contractFolder, 'dictionaries.yaml'), issued);
  await store.conclude({ resource: resourceOf(site), at, ended: [{ id, state: 'applied', problems: [] }], agreed: [], conflicts: [], adopted: [] });
}

/** What a person confirms is what was shown: another list under the same number, or another mapping, has another plan. */
export function mustBeSeen({ effect, reach }: Waiting, confirm: string | undefined): void {
  const { name: dictionary } = effect;
  if (confirm !== undefined && confirm !== reach.plan) throw new Failure('DICTIONARY_OTHER', { dictionary, plan: reach.plan });
  if (confirm !== undefined || !breaksSomething(effect, reach)) return;
  throw new Failure('DICTIONARY_BREAKS', { dictionary, count: effect.broken.length, records: reach.carried.reduce((sum, { records }) => sum + records, 0), plan: reach.plan });
}

/** Every list that the region has issued and nobody has taken. */
export async function waitingLists(store: InboundLook & Pick<IndicatorStore, 'said'>, site: Site): Promise<readonly Waiting[]> {
  const found: Waiting[] = [];
  for (let after = ''; ;) {
    const page = await store.issued(resourceOf(site), after, 200);
    for (const { id, text, state } of page) {
      const issued = state === 'held' ? dictionaryIn(readIssued(text)) : null;
      if (issued === null) continue;
      const effect = effectOf(issued, site.contract, site.datasets);
      found.push({ id, issued, effect, reach: await reachOf(issued, effect, { ...site, store }) });
    }
    if (page.length < 200) return found;
    after = page.at(-1)?.key ?? '';
  }
}

/** The resource whose records a person takes. */
function resourceOf({ profile }: Site): string {
  return Object.entries(profile.pull?.resources ?? {}).find(([, { waits }]) => waits)?.[0] ?? '';
}

function writeEntries(file: string, issued: IssuedDictionary): void {
  try {
    writeFileSync(`${file}.new`, withEntries(readFileSync(file, 'utf8'), issued));
    renameSync(`${file}.new`, file);
  } catch (cause) {
    throw new Failure('FILE_NOT_WRITTEN', { file, reason: cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown' }, cause);
  }
}

/** The file with another list's entries in place of those it had; every other character, comments too, stays as it is. */
function withEntries(text: string, { name, entries }: IssuedDictionary): string {
  const node = parseDocument(text).getIn(['dictionaries', name, 'entries'], true);
  if (!isMap(node) || !node.range) throw new Error(`dictionaries.yaml has no entries of ${name}`);
  const [begin, end] = node.range;
  const pairs = Object.entries(entries).map(([code, label]) => `${JSON.stringify(code)}: ${JSON.stringify(label)}`);
  const tail = /\s*$/.exec(text.slice(begin, end))?.[0] ?? '';
  const written = node.flow === true ? `{ ${pairs.join(', ')} }` : pairs.join(`\n${' '.repeat(begin - text.lastIndexOf('\n', begin) - 1)}`);
  return text.slice(0, begin) + written + tail + text.slice(end);
}
