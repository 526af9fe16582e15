import { cronValues } from '../../../src/config/cron.ts';
import { Failure } from '../../../src/record/failure.ts';
import type { Job } from '../../../src/record/job.ts';
import { zoneMinutes } from '../../../src/schedule/zone.ts';
import { nextTimes } from '../../../src/schedule/next-times.ts';
import type { Texts } from '../../../src/cli/texts.ts';
import { accepted, bodyOf, done, whoOf, type Act, type Asked, type Handlers } from '../asked.ts';
import { cronWords } from '../cron-words.ts';
import { Refusal } from '../refusal.ts';
import { shownRun } from '../shown-run.ts';
import type { World } from '../world.ts';

const usual = 50;

/** Jobs and their runs: looking at them, and what people on duty do with them. */
export function jobRoutes(world: World): Handlers {
  const act = (prepare: (job: Job, asked: Asked) => Omit<Act, 'object'>) => async (asked: Asked): Promise<Act> => {
    const job = jobOf(asked, world);
    return { object: `job ${job.job}`, ...prepare(job, asked) };
  };
  return {
    reads: {
      listJobs: async ({ texts }) => {
        const runs = await world.read.lastRuns(50);
        return { json: { jobs: world.site().jobs.map((job) => shownJob(job, { world, texts, runs })) } };
      },
      readCron: async (asked) => {
        const { cron } = bodyOf<{ readonly cron: string }>(asked);
        checkCron(cron);
        return { json: { words: cronWords(cron, asked.texts), next: nextTimes(cron, { after: world.clock.wallMs(), zoneMinutes: zoneMinutes(world.site().zone), count: 5 }) } };
      },
      listRuns: async ({ query, texts }) => {
        const { after, limit = usual, ...rest } = query as { readonly after?: number; readonly limit?: number };
        const runs = await world.read.runs({ ...rest, limit, ...(after === undefined ? {} : { before: after }) });
        return { json: { runs: runs.map((run) => shownRun(run, world.site(), texts)), next: runs.length < limit ? null : runs.at(-1)?.id ?? null } };
      },
      listMissedRuns: async ({ query, texts }) => {
        const { limit = usual } = query as { readonly limit?: number };
        return { json: { missed: (await world.read.missed(limit)).map((one) => ({ ...one, title: titleOf(one.job, world), why: texts.say(`cli.missed.${one.reason}`) })) } };
      },
      getRun: async ({ path, texts }) => {
        const run = await world.read.run(Number(path['run']));
        if (run === null) throw new Refusal(404, 'RUN_UNKNOWN');
        return { json: { run: shownRun(run, world.site(), texts), progress: run.state === 'running' ? progressOf(run.job, run.id, world) : null } };
      },
    },
    acts: {
      runJob: act((job, asked) => {
        const { confirm } = bodyOf<{ readonly confirm?: string }>(asked);
        if (world.timetable.standing(job.job) !== null) throw new Refusal(409, 'JOB_IN_LINE', { job: job.job });
        return {
          after: { confirm: confirm ?? null },
          perform: async () => {
            world.duty.start(job, world.timetable, confirm);
            return accepted;
          },
        };
      }),
      stopJob: act((job) => ({
        perform: async () => {
          world.duty.stop(job.job);
          return accepted;
        },
      })),
      pauseJob: act((job, asked) => ({
        perform: async () => {
          await world.duty.pause({ job: job.job, at: world.clock.wallMs(), by: whoOf(asked).account.login, reason: bodyOf<{ readonly reason: string }>(asked).reason });
          return done;
        },
      })),
      resumeJob: act((job) => ({
        perform: async () => {
          await world.duty.resume(job.job);
          return done;
        },
      })),
      changeTimetable: act((job, asked) => {
        const { cron } = bodyOf<{ readonly cron: string | null }>(asked);
        if (cron !== null) checkCron(cron);
        return {
          before: { cron: job.cron ?? null }, after: { cron },
          perform: async () => {
            await world.changeCron(job.job, cron);
            return done;
          },
        };
      }),
    },
  };
}

export function jobOf({ path }: Asked, { site }: World): Job {
  const { jobs } = site();
  const job = jobs.find((one) => one.job === path['job']);
  if (job === undefined) throw new Failure('JOB_UNKNOWN', { job: String(path['job']), known: jobs.map((one) => one.job).join('、') });
  return job;
}

/** A job that no file has any more is called by its name. */
function titleOf(job: string, { site }: World): string {
  return site().jobs.find((one) => one.job === job)?.title ?? job;
}

/** What a job does just now; null when it does not run. */
export function progressOf(job: string, run: number | null, { duty }: World): Readonly<Record<string, unknown>> | null {
  const now = duty.progress();
  if (now === null || now.job !== job) return null;
  const left = Math.max(0, now.read - now.sent);
  return { ...now, run, remainingSeconds: now.perSecond === null ? null : Math.round(left / now.perSecond) };
}

function checkCron(cron: string): void {
  if (cronValues(cron) === null) throw new Refusal(422, 'CRON_WRONG', { cron, part: cron });
  if (nextTimes(cron, { after: 0, zoneMinutes: 0, count: 1 }).length === 0) throw new Refusal(422, 'CRON_NEVER', { cron });
}

function shownJob(job: Job, { world, texts, runs }: { readonly world: World; readonly texts: Texts; readonly runs: Awaited<ReturnType<World['read']['lastRuns']>> }): Readonly<Record<string, unknown>> {
  const last = runs.find((run) => run.job === job.job);
  const paused = world.duty.paused(job.job);
  return {
    job: job.job, title: job.title, dataset: job.dataset, mode: 'mode' in job ? job.mode : job.kind, cron: job.cron ?? null,
    words: job.cron === undefined ? texts.say('console.cron.byHand') : cronWords(job.cron, texts),
    next: job.cron === undefined || paused !== null ? [] : nextTimes(job.cron, { after: world.clock.wallMs(), zoneMinutes: zoneMinutes(world.site().zone), count: 5 }),
    after: job.after, paused: paused === null ? null : { at: paused.at, by: paused.by, reason: paused.reason },
    running: progressOf(job.job, last?.state === 'running' ? last.id : null, world), waiting: world.timetable.standing(job.job) === 'waiting',
    lastRun: last === undefined ? null : shownRun(last, world.site(), texts),
  };
}
