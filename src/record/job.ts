import type { WorkWindow } from './work-window.ts';

/** Something on a timetable: one file in `jobs/`; what it is for is told by its kind. */
export type Job = ReportJob | PullJob | RetentionJob | CompareJob | RedriveJob | BulletinJob;

/** What every job says. */
interface Timed {
  readonly job: string;
  readonly title: string;
  /** What it is about: a dataset of the county, or a resource of the region; empty: all there is. */
  readonly dataset: string;
  /** Five fields, in the site's time zone; absent: only by hand. */
  readonly cron?: string;
  /** Records read at a time. */
  readonly page: number;
  /** Datasets whose job goes first when both are due. */
  readonly after: readonly string[];
  /** When it may run; absent: always. */
  readonly windows?: readonly WorkWindow[];
  /** Its minute is put off by luck, up to so many seconds, so that not everybody comes at once. */
  readonly jitterSeconds?: number;
  /** A run ends after so long, and the next goes on where it stood. */
  readonly budgetMinutes?: number;
}

/** Fetches what the region has issued since the cursor, and applies it to the county. */
export interface PullJob extends Timed {
  readonly kind: 'pull';
}

/** Purges what has been kept long enough; it is about no dataset. */
export interface RetentionJob extends Timed {
  readonly kind: 'retention';
}

/** Compares a dataset with the region and keeps the result; mending is a person's order. */
export interface CompareJob extends Timed {
  readonly kind: 'compare';
}

/** Keeps each department's figures for the month that has ended; it is about no dataset. */
export interface BulletinJob extends Timed {
  readonly kind: 'bulletin';
}

/** Lets records that the region, or the rules, set aside go again after a while, where a region asks for that. */
export interface RedriveJob extends Timed {
  readonly kind: 'redrive';
  /** Only records with a problem of this code, and of this value of it (a code without partner, or the region's own code). */
  readonly code: string;
  readonly value?: string;
  /** Only those that have been set aside for so long. */
  readonly olderHours: number;
  /** Records examined in a second, at most. */
  readonly perSecond: number;
}

/** Reads a dataset of the county and reports it to the region. */
export interface ReportJob extends Timed {
  readonly kind?: 'report';
  /** `changes`: what moved since the cursor. `sweep`: every row, which finds silent updates and deletions. */
  readonly mode: 'changes' | 'sweep';
  /** How far behind its newest row a cursor reads again, for transactions that commit late. */
  readonly overlapMinutes: number;
  readonly guard: GuardSetting;
  /** Absent: as usual. */
  readonly refusals?: RefusalRule;
  /** The source is a copy that may lag: a sweep takes nothing back while it does not show what was read last. */
  readonly replica?: boolean;
}

/** How much of what the region has may change or disappear in one run before a person is asked. */
export interface GuardSetting {
  /** Of the dataset's records at the region, 0 to 1. */
  readonly share: number;
  /** Up to so many records nobody is asked, however small the dataset. */
  readonly floor: number;
}

/** What holds where a job's file says nothing: a twentieth, and never because of ten records or fewer. */
export const usualGuard: GuardSetting = { share: 0.05, floor: 10 };

/** How many of a dataset's records the region may refuse before sending stops and a person is told. */
export interface RefusalRule {
  /** Of the records last answered, 0 to 1. */
  readonly share: number;
  /** Of fewer answers nothing is concluded. */
  readonly least: number;
}

/** What holds where a job's file says nothing: more than a fifth of fifty or more. */
export const usualRefusals: RefusalRule = { share: 0.2, least: 50 };

/** Whether the job reads the county and reports to the region. */
export function isReport(job: Job): job is ReportJob {
  return job.kind === undefined || job.kind === 'report';
}
