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
}
