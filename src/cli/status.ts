import type { Run } from '../record/run.ts';
import { zoneMinutes } from '../schedule/gateway.ts';
import { gateLines } from './gate-lines.ts';
import { localTime } from './local-time.ts';
import { missedLines } from './missed-lines.ts';
import { lookInto, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { tableLines } from './table.ts';

/** `qilian status`: what the region has, what is on its way, what a person must look at, and the last runs. */
export async function status(invocation: Invocation): Promise<ExitCode> {
  const { parts, texts } = invocation;
  const site = await readSite(invocation);
  const store = lookInto(invocation, site);
  try {
    const found = await store.totals();
    const totals = site.datasets.map(({ dataset, title }) => ({
      atRegion: 0, waiting: 0, quarantined: 0, delivered: 0, oldestWaitingAt: null, ...found.find((one) => one.dataset === dataset), dataset, title,
    }));
    const runs = await store.lastRuns(10);
    const resting = await store.resting();
    const gates = { gates: await store.gates(), words: await store.gateWords() };
    const missed = await store.missed(5);
    if (invocation.json) {
      parts.out(JSON.stringify({ site: site.name, at: parts.clock.wallMs(), datasets: totals, runs, resting, missed, ...gates }));
      return 0;
    }
    const zone = zoneMinutes(site.zone);
    const heads = ['dataset', 'atRegion', 'waiting', 'quarantined', 'deliveredEver', 'oldest'].map((key) => texts.say(`cli.head.${key}`));
    parts.out(site.name);
    for (const line of tableLines(heads, totals.map((one) => [
      `${one.title} ${one.dataset}`, one.atRegion, one.waiting, one.quarantined, one.delivered, localTime(one.oldestWaitingAt, zone),
    ]))) parts.out(line);
    for (const line of gateLines(gates, texts, zone)) parts.out(line);
    for (const one of resting) parts.out(texts.say('cli.status.resting', { ...one, since: localTime(one.since, zone) }));
    parts.out('');
    for (const line of [...runLines(runs, invocation, zone), ...missedLines(missed, texts, zone)]) parts.out(line);
    return 0;
  } finally {
    await store.close();
  }
}

function runLines(runs: readonly Run[], { texts }: Invocation, zone: number): string[] {
  const heads = ['run', 'job', 'started', 'state', 'read', 'delivered', 'quarantined', 'same', 'pending'].map((key) => texts.say(`cli.head.${key}`));
  return tableLines(heads, runs.map((run) => [
    run.id, run.job, localTime(run.startedAt, zone),
    texts.say(`cli.state.${run.state}`) + (run.failure === null ? '' : ` ${run.failure}`),
    run.counts.read, run.counts.delivered, run.counts.quarantined, run.counts.same, run.counts.pending,
  ]));
}
