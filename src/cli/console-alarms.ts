import type { Situation } from '../alarm/conditions.ts';
import type { Watching } from '../alarm/watch.ts';
import type { ConsoleParts } from '../../console/server/world.ts';
import type { Alarm, Digest } from '../port/alarm.ts';
import { nextTimes } from '../schedule/next-times.ts';
import { zoneMinutes } from '../schedule/gateway.ts';
import type { Invocation } from './parts.ts';
import type { Texts } from './texts.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Further back nobody looks for the last change. */
const furthestHours = 24 * 14;

type Seen = Pick<ConsoleParts, 'site' | 'read' | 'duty' | 'trail' | 'surroundings' | 'office' | 'lamp'>;

/** How everything stands, read beside the service. */
export async function situationOf({ site, read, duty, trail, surroundings, office, lamp }: Seen, { parts }: Invocation): Promise<Situation> {
  const at = parts.clock.wallMs();
  const { datasets, jobs, zone } = site();
  const shift = zoneMinutes(zone) * 60_000;
  const midnight = Math.floor((at + shift) / dayMs) * dayMs - shift;
  const [totals, today, runs, around] = [await read.totals(), await read.sums(midnight, at + 1), await read.lastRuns(200), await surroundings()];
  const quiet = await quietHours(read, at, office.startedAt);
  const { state, since } = lamp();
  return {
    at,
    datasets: datasets.map(({ dataset }) => {
      const total = totals.find((one) => one.dataset === dataset);
      const sum = today.find((one) => one.dataset === dataset);
      return { dataset, atRegion: total?.atRegion ?? 0, oldestWaitingAt: total?.oldestWaitingAt ?? null, today: { kept: sum?.kept ?? 0, refused: sum?.refused ?? 0 }, quietHours: quiet(dataset) };
    }),
    jobs: jobs.map((job) => {
      const last = runs.find((run) => run.job === job.job);
      const after = Math.max(last?.startedAt ?? 0, office.startedAt);
      const idle = job.cron !== undefined && duty.paused(job.job) === null && last?.state !== 'running';
      return { job: job.job, dataset: job.dataset, dueAt: idle ? nextTimes(job.cron ?? '', { after, zoneMinutes: zoneMinutes(zone), count: 1 })[0] ?? null : null, guardHeld: last?.failure === 'GUARD_HELD' };
    }),
    breakerOpenSince: state === 'closed' ? null : since,
    certificates: office.certificates(), skewMs: around.skewMs,
    disk: around.freeBytes === null || around.totalBytes === null ? null : { freeBytes: around.freeBytes, totalBytes: around.totalBytes },
    auditWell: trail.well(), failedLogins: (await trail.find({ action: 'logIn', result: 'refused', from: at - 15 * 60_000, limit: 200 })).length,
  };
}

/** Hours since a run brought something new of a dataset. A service that has just begun knows nothing of silence. */
async function quietHours(read: Seen['read'], at: number, startedAt: number): Promise<(dataset: string) => number | null> {
  const kept = new Map<string, number>();
  for (const hours of [1, 6, 24, 48, 72, 120, 168, furthestHours]) {
    for (const one of await read.sums(at - hours * hourMs, at + 1)) if (one.kept > 0 && !kept.has(one.dataset)) kept.set(one.dataset, hours);
  }
  return (dataset) => {
    const known = kept.get(dataset);
    if (known !== undefined) return [0, 1, 6, 24, 48, 72, 120, 168][[1, 6, 24, 48, 72, 120, 168, furthestHours].indexOf(known)] ?? 0;
    return at - startedAt < 24 * hourMs ? null : furthestHours;
  };
}

/** What has come and what is over, in words; nothing of a person is in it. */
export function digestOf(opened: readonly Alarm[], ended: readonly Alarm[], { site, texts }: { readonly site: string; readonly texts: Texts }): Digest {
  const line = (one: Alarm): string => `· ${texts.say(`console.alarm.what.${one.kind}`, { ...one.facts, subject: one.subject })}\n  ${texts.say(`console.alarm.mend.${one.kind}`, { ...one.facts, subject: one.subject })}`;
  const parts = [
    ...(opened.length === 0 ? [] : [texts.say('console.alarm.digest.opened', { count: opened.length }), ...opened.map(line)]),
    ...(ended.length === 0 ? [] : [texts.say('console.alarm.digest.ended', { count: ended.length }), ...ended.map((one) => `· ${texts.say(`console.alarm.what.${one.kind}`, { ...one.facts, subject: one.subject })}`)]),
  ];
  return { subject: texts.say('console.alarm.digest.subject', { site, opened: opened.length, ended: ended.length }), text: `${parts.join('\n')}\n`, alarms: [...opened, ...ended] };
}

/** Watches by the site's rules as they are, with messengers made anew when the setting changes. */
export function watchingOf(seen: Seen & Pick<ConsoleParts, 'alarms'>, invocation: Invocation, log: Watching['log']): Watching {
  const { parts, texts } = invocation;
  return {
    setting: () => seen.site().alarms, situation: () => situationOf(seen, invocation), store: seen.alarms,
    messengers: () => parts.openMessengers(seen.site().alarms.send),
    digest: (opened, ended) => digestOf(opened, ended, { site: seen.site().name, texts }), clock: parts.clock, log,
  };
}
