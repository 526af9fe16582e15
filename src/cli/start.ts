import { Failure } from '../record/failure.ts';
import type { Job } from '../record/job.ts';
import { startTimetable } from '../schedule/timetable.ts';
import { askedSources } from './asked-sources.ts';
import { openSite, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { filesOf, renewalFor } from './renewed.ts';
import { patienceMs } from './run.ts';

/** Where things listen. */
export interface StartOptions {
  readonly port: number;
  /** The rehearsal's region and county are brought up beside the gateway. */
  readonly rehearsal: { readonly simulatorPort: number; readonly size: string; readonly seed: number } | null;
}

/** `qilian start`: the jobs on the clock and the console, until somebody ends it. */
export async function start(invocation: Invocation, options: StartOptions): Promise<ExitCode> {
  const { parts, texts } = invocation;
  const files = filesOf(invocation);
  const site = await readSite(invocation, { files, describe: askedSources(invocation).describe });
  const simulator = await rehearse(invocation, options);
  const { gateway, store, log, close } = await openSite(invocation, site);
  const renewal = renewalFor(invocation, { gateway, files, log, onTaken: (now) => timetable.renew(now.jobs) });
  const timetable = startTimetable(site.jobs, site.zone, async (job) => runOne(job));
  const window = await parts.startConsole({
    port: options.port, store, log, lamp: () => gateway.lamp(), nextRun: (job) => timetable.nextRun(job),
    get site() {
      return gateway.site;
    },
  });
  parts.out(texts.say('cli.start.console', { url: window.url }));
  parts.out(texts.say('cli.start.end'));
  await renewal.watch(parts.clock, parts.signal);
  parts.out(texts.say('cli.start.ending'));
  await window.close();
  await timetable.stop();
  await close();
  await simulator?.stop();
  return 0;

  async function runOne(job: Job): Promise<void> {
    await renewal.check();
    if (!gateway.site.jobs.some((one) => one.job === job.job)) return;
    try {
      const result = await gateway.run(job.job, { signal: parts.signal, patienceMs, progress: () => undefined });
      const { read, delivered, quarantined, same, pending } = result.counts;
      const told = texts.say('cli.start.ran', { job: job.title, read, delivered, quarantined, same, pending, state: texts.say(`cli.state.${result.state}`) });
      if (delivered + quarantined + pending > 0 || result.state !== 'done') parts.out(told);
      if (result.failure !== null) parts.err(`${result.failure.code} ${texts.sentence({ code: result.failure.code, facts: result.failure.facts })}`);
    } catch (cause) {
      // One job's unforeseen end is told and logged; the cursor stayed, and the other jobs go on.
      log.error('UNFORESEEN', { job: job.job, what: cause instanceof Error ? cause.name : 'unknown' });
      parts.err(`UNFORESEEN ${texts.sentence({ code: 'UNFORESEEN', facts: { job: job.job } })}`);
      if (!(cause instanceof Failure)) parts.err(cause instanceof Error ? (cause.stack ?? cause.name) : '');
    }
  }
}

async function rehearse({ parts, texts, dataDir }: Invocation, { rehearsal }: StartOptions): Promise<{ stop(): Promise<void> } | null> {
  if (rehearsal === null) return null;
  parts.out(texts.say('cli.demo.county', { size: rehearsal.size }));
  await parts.demo.generate({ dataDir, size: rehearsal.size, seed: rehearsal.seed }, () => undefined);
  const simulator = await parts.demo.startSimulator({ port: rehearsal.simulatorPort, dataDir });
  parts.out(texts.say('cli.demo.region', { url: simulator.url }));
  return simulator;
}
