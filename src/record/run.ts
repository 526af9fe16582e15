/** Where each record that a run read stands when the run ends: `read = delivered + quarantined + same + pending`. */
export interface Counts {
  readonly read: number;
  readonly delivered: number;
  readonly quarantined: number;
  readonly same: number;
  readonly pending: number;
}

export const noCounts: Counts = { read: 0, delivered: 0, quarantined: 0, same: 0, pending: 0 };

/** `pending`: ended with records still on their way. `failed`: stopped by something unforeseen; the cursor stayed. */
export type RunState = 'running' | 'done' | 'pending' | 'failed' | 'stopped';

/** `redrive`: nothing is read, records set aside go out again by a person's order. `repair`: what a comparison found is mended. */
export type RunMode = 'changes' | 'sweep' | 'pull' | 'redrive' | 'retention' | 'repair' | 'compare' | 'bulletin';

/** One execution of a job. */
export interface Run {
  readonly id: number;
  readonly job: string;
  readonly dataset: string;
  readonly mode: RunMode;
  readonly state: RunState;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly counts: Counts;
  /** Code of what stopped it, if something did. */
  readonly failure: string | null;
}
