import { Failure } from '../record/failure.ts';

/**
 * One at a time on each dataset: of two that send, one would take a batch the other has just written down for one that nobody
 * has an answer for, and send it again; of two that judge, one would let an old row go where the other has just read a new one.
 */
export class AtWork {
  readonly #busy = new Map<string, string>();

  /** Gives what ends it; throws a Failure `DATASET_BUSY` that says who is at work. */
  take(dataset: string, job: string): () => void {
    const other = this.#busy.get(dataset);
    if (other !== undefined) throw new Failure('DATASET_BUSY', { dataset, job: other });
    this.#busy.set(dataset, job);
    return () => void this.#busy.delete(dataset);
  }

  async on<T>(dataset: string, job: string, work: () => Promise<T>): Promise<T> {
    const end = this.take(dataset, job);
    try {
      return await work();
    } finally {
      end();
    }
  }
}
