import { Keyv } from 'keyv';
import { callbackRouter } from '../../console/server/callback-router.ts';
import { countyRouter } from '../../console/server/county-router.ts';
import { licenceRouter } from '../../console/server/licence-router.ts';
import type { ConsoleParts } from '../../console/server/world.ts';
import type { Site } from '../config/site.ts';
import { verificationOf } from '../inbound/verification.ts';
import type { Clock } from '../port/clock.ts';
import type { Log } from '../port/log.ts';
import type { Region } from '../port/region.ts';
import type { Store } from '../port/store.ts';
import type { Job } from '../record/job.ts';
import type { Duty } from '../schedule/duty.ts';
import type { Timetable } from '../schedule/timetable.ts';
import type { Environment, Parts } from './parts.ts';
import type { Texts } from './texts.ts';

/** What the doors beside the console need; paths and secrets are those the service was started with. */
export interface DoorParts {
  readonly site: Site;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly duty: Pick<Duty, 'paused'>;
  readonly timetable: Pick<Timetable, 'join'>;
  readonly jobs: () => readonly Job[];
  readonly env: Environment;
  readonly texts: Texts;
  /** Opens a line of its own to the region, so that a queue of reports does not keep a window waiting. */
  readonly region: () => Region;
  readonly openDrop: Parts['openDrop'];
}

/** The doors for machines: the region's own, the county's, and that of terminals that verify a licence somebody shows. */
export function doorsOf(parts: DoorParts): NonNullable<ConsoleParts['doors']> {
  return [...regionDoor(parts), ...countyDoor(parts), ...terminalDoor(parts)];
}

/** What terminals ask; without keys in the environment there is no such door. */
function terminalDoor({ site, store, clock, log, env, texts, region }: DoorParts): NonNullable<ConsoleParts['doors']> {
  const keys = (env['QILIAN_TERMINAL_KEYS'] ?? '').split(',').map((key) => key.trim()).filter((key) => key.length >= 16);
  const { verify } = site.profile;
  if (verify === undefined || keys.length === 0) return [];
  const { verifier } = region();
  if (verifier === undefined) return [];
  const dataset = site.datasets.find(({ records }) => records.some(({ table }) => table === verify.table))?.dataset ?? null;
  const verification = verificationOf({ profile: verify, verifier, cache: new Keyv(), clock, ledger: store, dataset });
  return [licenceRouter({
    keys, verify: verification.verify, words: { ledger: (reported) => texts.say(reported ? 'cli.verify.reported' : 'cli.verify.unknown') },
    log: (code, facts) => log.info(code, facts),
  })];
}

/** Puts a job in line for what has come: once more when it runs just now, not twice when it waits, and not while somebody has paused it. */
function begin(job: Job, { duty, timetable }: Pick<DoorParts, 'duty' | 'timetable'>): void {
  if (duty.paused(job.job) === null) timetable.join(job);
}

/** What comes at the region's own door is kept, and the job that applies it is put in line. */
function regionDoor(parts: DoorParts): NonNullable<ConsoleParts['doors']> {
  const { site, store, clock, log, jobs } = parts;
  const { pull } = site.profile;
  if (pull?.callbacks === undefined) return [];
  return [callbackRouter({
    profile: pull.callbacks, resources: pull.resources, store, clock,
    arrived: (resource) => {
      const job = jobs().find((one) => one.kind === 'pull' && one.dataset === resource);
      if (job !== undefined) begin(job, parts);
    },
    log: (code, facts) => (code === 'CALLBACK' ? log.info(code, facts) : log.warn(code, facts)),
  })];
}

/** Systems of the county that hand in what has changed, each source with its own word. */
function countyDoor(parts: DoorParts): NonNullable<ConsoleParts['doors']> {
  const { site, clock, log, jobs, openDrop } = parts;
  const drops = Object.entries(site.sources).flatMap(([source, setting]) => (
    setting.engine === 'files' && setting.token !== undefined ? [[source, { drop: openDrop(setting, clock), token: setting.token }] as const] : []));
  if (drops.length === 0) return [];
  return [countyRouter({
    drops: Object.fromEntries(drops),
    arrived: (source) => {
      const read = site.datasets.filter((one) => one.source === source).map((one) => one.dataset);
      for (const job of jobs()) if ('mode' in job && job.mode === 'changes' && read.includes(job.dataset)) begin(job, parts);
    },
    log: (code, facts) => (code === 'DROP' ? log.info(code, facts) : log.warn(code, facts)),
  })];
}
