import type { Site } from '../config/site.ts';
import { placeOf } from '../port/source-setting.ts';
import { Failure } from '../record/failure.ts';
import { isReport } from '../record/job.ts';
import type { Counts } from '../record/run.ts';
import { noCounts } from '../record/run.ts';
import type { Gateway } from '../schedule/gateway.ts';
import { inOrder } from '../schedule/timetable.ts';
import { countyAt } from './county-url.ts';
import { openSite, readSite } from './open.ts';
import type { Comparison, ExitCode, Invocation } from './parts.ts';
import { runShown } from './run.ts';
import { tableLines } from './table.ts';

/** What is rehearsed. */
export interface DemoOptions {
  /** `small`, `banner` (the published size) or a number of licences. */
  readonly size: string;
  readonly seed: number;
  readonly simulatorPort: number;
  /** Address of a database server that the county is copied to and read from; without it, the county is a SQLite file. */
  readonly county?: string;
}

interface DatasetReport extends Counts {
  readonly name: string;
  /** The runs whose counts these are the sum of. */
  readonly runs: readonly (Counts & { readonly job: string })[];
}

/** `qilian demo`: the whole job once, from a made-up county of the banner's size to the region and back to a comparison. */
export async function demo(invocation: Invocation, options: DemoOptions): Promise<ExitCode> {
  const { parts, texts, dataDir, json } = invocation;
  const say = (key: string, facts = {}): void => {
    if (!json) parts.out(texts.say(key, facts));
  };
  const site = placed(await readSite(invocation), options.county);
  const began = parts.clock.steadyMs();
  say('cli.demo.county', { size: options.size });
  await parts.demo.generate({ dataDir, size: options.size, seed: options.seed }, () => undefined);
  if (options.county !== undefined) {
    const copied = await parts.demo.copy(dataDir, options.county);
    if ('strange' in copied) throw new Failure('DEMO_COUNTY_OTHERS', { tables: copied.strange.join('、'), count: copied.count });
    say('cli.demo.copied', { place: placeOf(countyAt(options.county)), ...copied });
  }
  const generated = parts.clock.steadyMs();
  const simulator = await parts.demo.startSimulator({ port: options.simulatorPort, dataDir, play: site.profile.profile });
  say('cli.demo.region', { url: simulator.url });
  try {
    const { reports, code } = await runAll(invocation, site);
    const delivered = parts.clock.steadyMs();
    const comparison = await parts.demo.compare(dataDir);
    const ended = parts.clock.steadyMs();
    tell(invocation, {
      datasets: reports, equal: comparison.equal, seconds: seconds(ended - began),
      steps: { county: seconds(generated - began), delivery: seconds(delivered - generated), comparison: seconds(ended - delivered) },
      memoryMiB: Math.round(parts.peakMemoryMiB()), comparison,
    });
    return code !== 0 ? code : comparison.equal ? 0 : 1;
  } finally {
    await simulator.stop();
  }
}

/** The site with all its sources at the county's server. */
function placed(site: Site, county: string | undefined): Site {
  if (county === undefined) return site;
  const setting = countyAt(county);
  return { ...site, sources: Object.fromEntries(Object.keys(site.sources).map((name) => [name, setting])) };
}

async function runAll(invocation: Invocation, site: Site): Promise<{ reports: DatasetReport[]; code: ExitCode }> {
  const { gateway, store, close } = await openSite(invocation, site);
  try {
    const before = new Set((await store.lastRuns(100)).map((run) => run.dataset));
    const reports: DatasetReport[] = [];
    let code: ExitCode = 0;
    for (const job of inOrder(site.jobs.filter(isReport).filter((one) => one.mode === 'changes'))) {
      const { counts, runs, worst } = await runDataset(invocation, gateway, { dataset: job.dataset, again: before.has(job.dataset) });
      reports.push({ name: job.dataset, ...counts, runs });
      if (code === 0) code = worst;
      if (invocation.parts.signal.aborted) return { reports, code: 130 };
    }
    return { reports, code };
  } finally {
    await close();
  }
}

/** First what changed since last time; then, when there was a last time, every row, for what moved in silence. */
async function runDataset(invocation: Invocation, gateway: Gateway, about: { dataset: string; again: boolean }): Promise<{ counts: Counts; runs: DatasetReport['runs']; worst: ExitCode }> {
  const modes = about.again ? ['changes', 'sweep'] : ['changes'];
  let counts = noCounts;
  const runs: (Counts & { job: string })[] = [];
  let worst: ExitCode = 0;
  for (const job of modes.flatMap((mode) => gateway.site.jobs.filter(isReport).filter((one) => one.dataset === about.dataset && one.mode === mode))) {
    const result = await runShown(invocation, gateway, { name: job.job });
    counts = added(counts, result.counts);
    runs.push({ job: job.job, ...result.counts });
    if (result.state === 'failed') worst = 1;
    else if (result.state === 'stopped') worst = 130;
    else if (result.state === 'pending' && worst === 0) worst = 3;
    if (result.failure !== null) invocation.parts.err(`${result.failure.code} ${invocation.texts.sentence({ code: result.failure.code, facts: result.failure.facts })}`);
  }
  return { counts, runs, worst };
}

function added(a: Counts, b: Counts): Counts {
  return {
    read: a.read + b.read, delivered: a.delivered + b.delivered, quarantined: a.quarantined + b.quarantined,
    same: a.same + b.same, pending: a.pending + b.pending,
  };
}

interface DemoReport {
  readonly datasets: readonly DatasetReport[];
  readonly equal: boolean;
  readonly seconds: number;
  readonly steps: Readonly<Record<string, number>>;
  readonly memoryMiB: number;
  readonly comparison: Comparison;
}

function tell({ parts, texts, json }: Invocation, report: DemoReport): void {
  if (json) {
    parts.out(JSON.stringify(report));
    return;
  }
  const heads = ['dataset', 'read', 'delivered', 'quarantined', 'same', 'pending'].map((key) => texts.say(`cli.head.${key}`));
  parts.out('');
  for (const line of tableLines(heads, report.datasets.map((one) => [one.name, one.read, one.delivered, one.quarantined, one.same, one.pending]))) parts.out(line);
  parts.out('');
  const { expected, missing, extra, different, duplicates } = report.comparison;
  parts.out(texts.say(report.equal ? 'cli.demo.equal' : 'cli.demo.unequal', { expected, missing, extra, different, duplicates }));
  parts.out(texts.say('cli.demo.took', { seconds: report.seconds, ...report.steps, memory: report.memoryMiB }));
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
