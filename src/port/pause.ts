/** A job that no clock starts until somebody resumes it. */
export interface Pause {
  readonly job: string;
  readonly at: number;
  readonly by: string;
  readonly reason: string;
}

/** Where pauses outlive the process. */
export interface PauseStore {
  pauses(): Promise<readonly Pause[]>;
  pause(pause: Pause): Promise<void>;
  resume(job: string): Promise<void>;
}
