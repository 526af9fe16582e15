import type { Command } from 'commander';
import { concludeBatch, waitsForPeople, type Heard } from '../delivery/conclude.ts';
import { Failure } from '../record/failure.ts';
import type { Common, Making } from './conflict-commands.ts';
import { lookInto, openSite, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { tableLines } from './table.ts';

const words: readonly string[] = ['arrived', 'never-arrived'] satisfies readonly Heard[];

/** Adds `batches list` and `batches conclude`. */
export function withBatches(batches: Command, { command, say, go }: Making): void {
  command('list', 'batchesList', batches).action((options: Common) => go(options, batchesList));
  command('conclude <number> <heard>', 'batchesConclude', batches).requiredOption('--who <name>', say('who')).requiredOption('--why <reason>', say('why'))
    .action((no: string, heard: string, options: Common & { who: string; why: string }) => go(options, (invocation) => batchesConclude(invocation, { no, heard }, options)));
}

/** `qilian batches list`: batches that are written down and not concluded, the oldest of each dataset first; works beside a service. */
async function batchesList(invocation: Invocation): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const site = await readSite(invocation);
  const store = lookInto(invocation, site);
  try {
    const open = await store.unconcluded();
    if (json) parts.out(JSON.stringify(open.map(({ count, ...one }) => ({ ...one, records: count }))));
    else if (open.length === 0) parts.out(texts.say('cli.batches.none'));
    else for (const line of tableLines(['batch', 'dataset', 'table', 'written', 'records', 'said'].map((key) => texts.say(`cli.head.${key}`)), open.map(({ no, dataset, table, time, count, said }) => [no, dataset, table, time, count, said === null ? '' : waitsForPeople(said) ? texts.title(said.split(' ')[0] ?? '') : said]))) parts.out(line);
    return 0;
  } finally {
    await store.close();
  }
}

/** `qilian batches conclude`: what became of a batch of which the region cannot be asked, by a person's word. */
async function batchesConclude(invocation: Invocation, { no, heard }: { readonly no: string; readonly heard: string }, { who, why }: { readonly who: string; readonly why: string }): Promise<ExitCode> {
  const { parts, texts } = invocation;
  if (!isHeard(heard)) throw new Failure('HEARD_WRONG', { value: heard, known: words.join('、') });
  const site = await readSite(invocation);
  const { store, log, close } = await openSite(invocation, site);
  const region = parts.openRegion(site.profile);
  try {
    const batch = await concludeBatch({ no, heard, who, why, datasets: site.datasets.map((one) => one.dataset), profile: site.profile, store, region, clock: parts.clock });
    log.warn('CONCLUDED', { batch: no, dataset: batch.dataset, heard, records: batch.count });
    parts.out(texts.say(`cli.batches.${heard}`, { batch: no, records: batch.count }));
    return 0;
  } finally {
    await region.close();
    await close();
  }
}

function isHeard(word: string): word is Heard {
  return words.includes(word);
}
