import type { Region } from '../port/region.ts';
import { Failure } from '../record/failure.ts';
import type { Job } from '../record/job.ts';
import { Duty } from '../schedule/duty.ts';
import { zoneMinutes } from '../schedule/gateway.ts';
import { Punctual } from '../schedule/punctual.ts';
import { startTimetable } from '../schedule/timetable.ts';
import { askedSources } from './asked-sources.ts';
import { watchAlarms } from '../alarm/watch.ts';
import { watchedLamp } from './console.ts';
import { watchingOf } from './console-alarms.ts';
import { officeOf } from './console-office.ts';
import { workbenchOf } from './console-workbench.ts';
import { consoleFiles, keepAnchored } from './console-memory.ts';
import { measuredRegion, type OnAnswer } from './measured-region.ts';
import { openSite, readSite } from './open.ts';
import type { ExitCode, Invocation, Parts } from './parts.ts';
import { planOf } from './plan.ts';
import { filesOf, renewalFor } from './renewed.ts';
import { patienceMs } from './run.ts';
import { storeWhenFree } from './stand-by.ts';
import { surroundingsOf } from './surroundings.ts';
import { doorsOf } from './doors.ts';
import { writeCron } from './timetable-file.ts';

/** Where things listen. */
export interface StartOptions {
  readonly port: number;
  /** The rehearsal's region and county are brought up beside the gateway. */
  readonly rehearsal: { readonly simulatorPort: number; readonly size: string; readonly seed: number } | null;
}

/** `qilian start`: the jobs on the clock and the console, until somebody ends it. */
export async function start(asked: Invocation, options: StartOptions): Promise<ExitCode> {
  const { texts } = asked;
  const parts: Parts = { ...asked.parts, ...asked.parts.unread((dropped) => texts.say('cli.start.dropped', { dropped })) };
  const invocation: Invocation = { ...asked, parts };
  const files = filesOf(invocation);
  const site = await readSite(invocation, { files, describe: askedSources(invocation).describe });
  const opened = await storeWhenFree(invocation, site.store.file);
  if (opened === null) return 0;
  const simulator = await rehearse(invocation, options, site.profile.profile);
  let answered: OnAnswer = () => undefined;
  let region: Region | null = null;
  const openRegion: Parts['openRegion'] = (...given) => {
    region = measuredRegion(parts.openRegion(...given), parts.clock, (...told) => answered(...told));
    return region;
  };
  const { gateway, store, log, close, lost } = await openSite({ ...invocation, parts: { ...parts, openRegion } }, site, opened);
  lost.addEventListener('abort', parts.end, { once: true });
  const failed = new AbortController();
  const signal = AbortSignal.any([parts.signal, lost, failed.signal]);
  const renewal = renewalFor(invocation, { gateway, files, log, onTaken: (now) => timetable.renew(now.jobs) });
  const memory = await parts.openConsoleMemory(consoleFiles(invocation.dataDir, invocation.env), zoneMinutes(site.zone));
  const duty = await Duty.begin(parts.clock, memory.pauses);
  const punctual = await Punctual.begin({ jobs: site.jobs, store: opened, clock: parts.clock, luck: parts.luck, zoneMinutes: zoneMinutes(site.zone), signal });
  const timetable = startTimetable(site.jobs, site.zone, async (job) => runOne(job), (job) => duty.paused(job.job) === null, punctual.manners);
  const seen = {
    read: parts.openPages(site.store.file), duty, timetable, site: () => gateway.site, lamp: watchedLamp(() => gateway.lamp(), parts.clock), trail: memory.trail, alarms: memory.alarms,
    office: officeOf({ invocation, gateway, store, timetable, memory, log, renew: () => renewal.check(), signal }),
    surroundings: async () => surroundingsOf({ store: site.store.file, console: memory.file }, region?.skewMs?.() ?? null),
  };
  const letGo = async (): Promise<void> => {
    await timetable.stop();
    await seen.read.close();
    await memory.close();
    await close();
    await simulator?.stop();
  };
  const window = await parts.startConsole({
    ...seen, port: options.port, env: invocation.env, log, memory,
    doors: doorsOf({ openDrop: parts.openDrop, site, store, clock: parts.clock, log, duty, timetable, jobs: () => gateway.site.jobs, env: invocation.env, texts, region: () => parts.openRegion(site.profile) }),
    sayGate: (word) => gateway.sayGate(word),
    plan: (name, how) => planOf(invocation, gateway.site, { name, ...how }),
    changeCron: async (job, cron) => {
      writeCron(invocation.siteDir, job, cron);
      await renewal.check();
    },
    workbench: workbenchOf({ invocation, site: () => gateway.site, store, timetable, occupy: gateway.occupy, renew: () => renewal.check() }),
  }).catch(async (cause: unknown) => {
    failed.abort();
    await letGo();
    throw cause;
  });
  answered = window.onAnswer;
  parts.out(texts.say('cli.start.console', { url: window.url }));
  if (window.setupToken !== null) parts.out(texts.say('cli.start.setup', { url: window.url, token: window.setupToken }));
  parts.out(texts.say('cli.start.end'));
  const [anchoring, watching] = [keepAnchored(memory, { clock: parts.clock, signal, log }), watchAlarms(watchingOf(seen, invocation, log), signal)];
  await renewal.watch(parts.clock, signal);
  if (lost.aborted) tellFailure(lost.reason);
  parts.out(texts.say('cli.start.ending'));
  await window.close();
  await timetable.stop();
  await Promise.all([anchoring, watching]);
  await letGo();
  return lost.aborted ? 1 : 0;

  function tellFailure(cause: unknown): void {
    if (cause instanceof Failure) parts.err(`${cause.code} ${texts.sentence({ code: cause.code, facts: cause.facts })}`);
  }

  async function runOne(job: Job): Promise<void> {
    await renewal.check();
    if (!gateway.site.jobs.some((one) => one.job === job.job)) return;
    try {
      const result = await duty.run(job, signal, (how) => gateway.run(job.job, { ...how, patienceMs }));
      const { read, delivered, quarantined, same, pending } = result.counts;
      const told = texts.say('cli.start.ran', { job: job.title, read, delivered, quarantined, same, pending, state: texts.say(`cli.state.${result.state}`) });
      if (delivered + quarantined + pending > 0 || result.state !== 'done') parts.out(told);
      tellFailure(result.failure);
    } catch (cause) {
      if (cause instanceof Failure) {
        if (cause.code === 'OUTSIDE_WINDOW') await punctual.outside(job, cause, timetable);
        log.warn(cause.code, { job: job.job, ...cause.facts });
        tellFailure(cause);
        return;
      }
      // One job's unforeseen end is told and logged; the cursor stayed, and the other jobs go on.
      log.error('UNFORESEEN', { job: job.job, what: cause instanceof Error ? cause.name : 'unknown' });
      parts.err(`UNFORESEEN ${texts.sentence({ code: 'UNFORESEEN', facts: { job: job.job } })}`);
      parts.err(cause instanceof Error ? (cause.stack ?? cause.name) : '');
    }
  }
}

async function rehearse({ parts, texts, dataDir }: Invocation, { rehearsal }: StartOptions, play: string): Promise<{ stop(): Promise<void> } | null> {
  if (rehearsal === null) return null;
  parts.out(texts.say('cli.demo.county', { size: rehearsal.size }));
  await parts.demo.generate({ dataDir, size: rehearsal.size, seed: rehearsal.seed }, () => undefined);
  const simulator = await parts.demo.startSimulator({ port: rehearsal.simulatorPort, dataDir, play });
  parts.out(texts.say('cli.demo.region', { url: simulator.url }));
  return simulator;
}
