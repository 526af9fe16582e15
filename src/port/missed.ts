/** Why a job's minute passed without a run: nobody was there, its last run was still going on, or its window was shut. */
export type MissedReason = 'down' | 'overlapping' | 'outside';

/** Minutes of a job that passed without a run, one after the other for one reason; one run catches up for all of them. */
export interface Missed {
  readonly job: string;
  readonly reason: MissedReason;
  readonly firstDue: number;
  readonly lastDue: number;
  readonly times: number;
  /** The run that caught up; null while none has. */
  readonly run: number | null;
}

export interface MissedStore {
  /** Adds to what the job has missed for the same reason and not caught up. */
  noteMissed(missed: Omit<Missed, 'run'>): Promise<void>;
  /** This run catches up for all the job has missed. */
  caughtUp(job: string, run: number): Promise<void>;
  /** The latest first. */
  missed(limit: number): Promise<readonly Missed[]>;
}
