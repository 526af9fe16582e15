/** Something on a timetable: one file in `jobs/`. */
export interface Job {
  readonly job: string;
  readonly title: string;
  readonly dataset: string;
  /** `changes`: what moved since the cursor. `sweep`: every row, which finds silent updates and deletions. */
  readonly mode: 'changes' | 'sweep';
  /** Five fields, in the site's time zone; absent: only by hand. */
  readonly cron?: string;
  /** Rows read at a time. */
  readonly page: number;
  /** How far behind its newest row a cursor reads again, for transactions that commit late. */
  readonly overlapMinutes: number;
  /** Datasets whose job goes first when both are due. */
  readonly after: readonly string[];
  readonly guard: GuardSetting;
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
