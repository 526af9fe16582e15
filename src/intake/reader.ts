import type { Page, Selection, Source } from '../port/source.ts';
import type { JudgingStore, Keeping, LookStore } from '../port/store.ts';
import type { Change } from '../record/change.ts';
import type { Cursor } from '../record/cursor.ts';
import type { Mapped } from '../record/envelope.ts';
import { Failure } from '../record/failure.ts';
import type { Compare } from './change-check.ts';
import type { ReportJob } from '../record/job.ts';

/** One reading of a county's dataset: a run's, or a plan's that keeps nothing. */
export interface Reading {
  readonly job: ReportJob;
  /** Version of the site files. */
  readonly made: string;
  readonly selection: Selection;
  readonly examine: (change: Change) => Mapped;
  /** Holds a version against the one the region has; absent where no rule asks about changes. */
  readonly compare?: Compare;
  readonly source: Source;
  readonly store: JudgingStore & Pick<LookStore, 'acknowledged'>;
}

/** Where a page begins: among the county's rows, or among the records that a sweep did not meet. */
export type Position =
  | { readonly among: 'rows'; readonly cursor: Cursor | null }
  | { readonly among: 'unseen'; readonly after: string };

/** A page as it was read and examined. */
export interface ReadPage {
  readonly changes: readonly Change[];
  readonly mapped: readonly Mapped[];
  /** Kept with the page; null in a sweep, which always begins at the beginning. */
  readonly cursor: Keeping['cursor'];
  readonly from: Position;
}

/** The cursor that was kept, and where a reading begins: a little earlier, or for a sweep at the first row. */
export async function beginReading({ job, source, store }: Reading): Promise<{ readonly kept: Cursor | null; readonly from: Position }> {
  await store.beginReading();
  const kept = job.mode === 'sweep' ? null : await store.cursor(streamOf(job));
  return { kept, from: { among: 'rows', cursor: kept === null ? null : source.rewind(kept, job.overlapMinutes) } };
}

/** Reads page after page, for a run and for a plan alike; a sweep goes on with the records it did not meet, as gone. */
export class Reader {
  readonly #reading: Reading;
  readonly #wary: boolean;
  #next: Position | null;

  /** `wary`: what a source that lags does not show must not be taken for gone, unless a person has looked. */
  constructor(reading: Reading, from: Position, manner: 'wary' | 'trusting' = 'trusting') {
    this.#wary = manner === 'wary';
    this.#reading = reading;
    this.#next = from;
  }

  /** Null at the end. */
  async next(): Promise<ReadPage | null> {
    if (this.#next === null) return null;
    return this.#next.among === 'rows' ? this.#rows(this.#next) : this.#unseen(this.#next);
  }

  async #rows(from: Extract<Position, { among: 'rows' }>): Promise<ReadPage> {
    const { job, selection, source, store } = this.#reading;
    const sweeping = job.mode === 'sweep';
    const page: Page = sweeping ? await source.sweep(selection, from.cursor, job.page) : await source.changes(selection, from.cursor, job.page);
    if (sweeping) await store.meet(page.changes.filter((change) => change.state === 'present').map((change) => change.key));
    this.#next = !page.caughtUp ? { among: 'rows', cursor: page.resume } : sweeping ? { among: 'unseen', after: '' } : null;
    return this.#examined(page.changes, { from, cursor: sweeping ? null : { stream: streamOf(job), value: page.cursor } });
  }

  async #unseen(from: Extract<Position, { among: 'unseen' }>): Promise<ReadPage | null> {
    const { job, store } = this.#reading;
    const keys = await store.unseen(job.dataset, from.after, job.page);
    if (this.#wary && from.after === '' && keys.length > 0) await this.#mustNotBeBehind();
    const last = keys.at(-1);
    this.#next = last === undefined ? null : { among: 'unseen', after: last };
    return last === undefined ? null : this.#examined(keys.map((key) => ({ state: 'gone', key })), { from, cursor: null });
  }

  /** What a source that lags behind its earlier self does not show is not gone. */
  async #mustNotBeBehind(): Promise<void> {
    const { job, selection, source, store } = this.#reading;
    const kept = await store.cursor(streamOf(job));
    if (kept !== null && await source.behind?.(selection, kept) === true) throw new Failure('SOURCE_BEHIND', { dataset: job.dataset });
  }

  #examined(changes: readonly Change[], at: Pick<ReadPage, 'from' | 'cursor'>): ReadPage {
    return { changes, mapped: changes.map(this.#reading.examine), ...at };
  }
}

function streamOf(job: ReportJob): string {
  return `${job.dataset}:changes`;
}
