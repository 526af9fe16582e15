import type { Run } from '../../src/record/run.ts';

/** What the first page shows of one dataset. */
export interface DatasetFigures {
  readonly name: string;
  /** As the mapping file calls it, e.g. 电子证照. */
  readonly title: string;
  /** Records the region has from us now. */
  readonly region: number;
  /** Envelopes kept and not yet settled. */
  readonly waiting: number;
  readonly quarantined: number;
  /** Versions delivered since the store began. */
  readonly delivered: number;
  /** Milliseconds since 1970, or null when nothing waits. */
  readonly oldestWaitingAt: number | null;
  readonly lastRun: Run | null;
  /** Milliseconds since 1970, or null when the dataset's jobs only run by hand. */
  readonly nextRun: number | null;
}

/** The lamp of the region's interface. */
export interface BreakerFigures {
  readonly state: 'closed' | 'open' | 'half-open';
  readonly since: number | null;
  /** Code of what opened it. */
  readonly reason: string | null;
}

/** Everything the first page shows, at one moment. */
export interface Figures {
  readonly site: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly datasets: readonly DatasetFigures[];
  readonly breaker: BreakerFigures;
}
