import type { SealedRecord } from '../../src/record/envelope.ts';

/** Characters of what is remembered at once: 10,000 licences, or 2,000 cases with all their records. The rest is read back. */
const most = 7_500_000;
/** What a record takes besides its body. */
const around = 150;
/** So far behind the newest an envelope was overtaken by a later version, or waits for something else. */
const longAgo = 50_000;

interface Remembered {
  readonly records: readonly SealedRecord[];
  readonly characters: number;
}

/**
 * Records of envelopes that this process has just kept, so that sending them need not read them back. Nothing depends on
 * it: what is not here is in the store, and an envelope's records never change.
 */
export class Fresh {
  readonly #envelopes = new Map<number, Remembered>();
  #characters = 0;

  /** Remembers what a transaction has kept, once it is durable. When there is no more room the oldest stay: they leave first. */
  remember(kept: ReadonlyMap<number, readonly SealedRecord[]>): void {
    const [first = 0] = kept.keys();
    // Once for each page: a map is slow to say what is its oldest when much has been taken out at its beginning.
    const old: number[] = [];
    for (const seq of this.#envelopes.keys()) {
      if (seq > first - longAgo) break;
      old.push(seq);
    }
    this.forget(old);
    for (const [seq, records] of kept) {
      if (this.#characters >= most) return;
      const characters = records.reduce((sum, record) => sum + record.body.length + around, 0);
      this.#envelopes.set(seq, { records, characters });
      this.#characters += characters;
    }
  }

  get(seq: number): readonly SealedRecord[] | undefined {
    return this.#envelopes.get(seq)?.records;
  }

  /** Lets go of envelopes that have been lent: from now on the batch carries them. */
  forget(seqs: readonly number[]): void {
    for (const seq of seqs) {
      this.#characters -= this.#envelopes.get(seq)?.characters ?? 0;
      this.#envelopes.delete(seq);
    }
  }
}
