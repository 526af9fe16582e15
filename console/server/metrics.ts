import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { World } from './world.ts';

/** What is measured while it happens. */
export interface Measured {
  /** Text for Prometheus. */
  text(): Promise<string>;
  readonly type: string;
  /** A request of the console has been answered. */
  answered(operation: string, status: number, seconds: number): void;
}

/** What the outside is asked, measured where it is asked. */
export interface RegionMeter {
  asked(kind: 'push' | 'ask', verdict: string, seconds: number): void;
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Figures under the names and in the units Prometheus asks for; labels are datasets, jobs and operations, never anything of a person. */
export function measure(world: Omit<World, 'passwords' | 'keys' | 'setup' | 'rights' | 'words' | 'description'>): { readonly measured: Measured; readonly region: RegionMeter } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // Gauges that are called totals, which Prometheus does not allow.
  for (const name of ['handles', 'requests', 'resources']) registry.removeSingleMetric(`nodejs_active_${name}_total`);
  const requests = new Histogram({ name: 'qilian_console_request_duration_seconds', help: 'Time to answer a request of the console', labelNames: ['operation', 'status'], buckets: seconds, registers: [registry] });
  const pushes = new Histogram({ name: 'qilian_region_request_duration_seconds', help: 'Time until the region answered', labelNames: ['kind', 'verdict'], buckets: seconds, registers: [registry] });
  const figures = gaugesOf(registry);
  return {
    measured: {
      type: registry.contentType,
      answered: (operation, status, took) => requests.observe({ operation, status }, took),
      text: async () => {
        await fill(figures, world);
        return registry.metrics();
      },
    },
    region: { asked: (kind, verdict, took) => pushes.observe({ kind, verdict }, took) },
  };
}

function gaugesOf(registry: Registry) {
  const gauge = (name: string, help: string, ...labelNames: string[]): Gauge => new Gauge({ name: `qilian_${name}`, help, labelNames, registers: [registry] });
  const counter = (name: string, help: string, ...labelNames: string[]): Counter => new Counter({ name: `qilian_${name}`, help, labelNames, registers: [registry] });
  return {
    atRegion: gauge('records_at_region', 'Records the region has from us', 'dataset'),
    backlog: gauge('backlog_envelopes', 'Envelopes kept and not yet settled', 'dataset'),
    oldest: gauge('oldest_pending_age_seconds', 'Age of the oldest envelope that is not settled', 'dataset'),
    quarantined: gauge('quarantined_records', 'Records set aside for a person', 'dataset'),
    delivered: counter('delivered_envelopes_total', 'Versions the region has accepted', 'dataset'),
    refused: counter('refused_records_total', 'Records set aside by the gateway or refused by the region', 'dataset'),
    breaker: gauge('breaker_state', '1 for the state the breaker is in', 'state'),
    lastRun: gauge('last_run_duration_seconds', 'Duration of the last run that ended', 'job'),
    lastEnd: gauge('last_run_end_timestamp_seconds', 'When the last run ended', 'job', 'state'),
    skew: gauge('clock_skew_seconds', 'This clock against the region’s; absent until the region has said its time', 'peer'),
    store: gauge('store_size_bytes', 'Size of the gateway’s memory on disk'),
    free: gauge('disk_free_bytes', 'Free space where the memory is kept'),
    alarms: gauge('open_alarms', 'Alarms nobody looks after yet', 'severity'),
    audit: counter('audit_entries_total', 'Entries of the audit'),
    auditWell: gauge('audit_well', '1 while the audit can be written'),
  };
}

/** Counters are kept in the store: they are set to what it says, and never run apart from it. */
async function fill(figures: ReturnType<typeof gaugesOf>, { read, clock, lamp, site, alarms, trail, surroundings }: Parameters<typeof measure>[0]): Promise<void> {
  const now = clock.wallMs();
  const around = await surroundings();
  const set = (counter: Counter, labels: Readonly<Record<string, string>>, value: number): void => {
    counter.remove(labels);
    counter.inc(labels, value);
  };
  const sums = await read.sums(0, now + 1);
  for (const { dataset, atRegion, waiting, quarantined, delivered, oldestWaitingAt } of await read.totals()) {
    figures.atRegion.set({ dataset }, atRegion);
    figures.backlog.set({ dataset }, waiting);
    figures.quarantined.set({ dataset }, quarantined);
    figures.oldest.set({ dataset }, oldestWaitingAt === null ? 0 : Math.max(0, now - oldestWaitingAt) / 1000);
    set(figures.delivered, { dataset }, delivered);
    set(figures.refused, { dataset }, sums.find((one) => one.dataset === dataset)?.refused ?? 0);
  }
  for (const state of ['closed', 'half-open', 'open'] as const) figures.breaker.set({ state }, lamp().state === state ? 1 : 0);
  figures.lastEnd.reset();
  const runs = await read.lastRuns(50);
  for (const { job } of site().jobs) {
    const run = runs.find((one) => one.job === job && one.endedAt !== null);
    if (run === undefined || run.endedAt === null) continue;
    figures.lastRun.set({ job }, (run.endedAt - run.startedAt) / 1000);
    figures.lastEnd.set({ job, state: run.state }, run.endedAt / 1000);
  }
  if (around.skewMs === null) figures.skew.reset();
  else figures.skew.set({ peer: 'region' }, around.skewMs / 1000);
  figures.store.set(around.storeBytes);
  if (around.freeBytes !== null) figures.free.set(around.freeBytes);
  const open = (await alarms.open()).filter((one) => one.acknowledged === null);
  for (const severity of ['alarm', 'warning'] as const) figures.alarms.set({ severity }, open.filter((one) => one.severity === severity).length);
  figures.audit.reset();
  figures.audit.inc(trail.head().seq);
  figures.auditWell.set(trail.well() ? 1 : 0);
}
