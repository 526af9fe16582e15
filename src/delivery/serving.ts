/** Fewer are not worth a request each. */
const fewest = 8;
/** A refusal after so many batches that went through is a single one. */
const apart = 4;

/**
 * How many records travel together. One refusal as a whole changes nothing; where refusals come one after the other,
 * batches are halved until about every second one goes through, which is where seeking the bad ones costs least, and grow
 * again with every one that does.
 */
export class Serving {
  readonly #most: number;
  #records: number;
  #sinceRefusal = apart;

  constructor(most: number) {
    this.#most = most;
    this.#records = most;
  }

  get records(): number {
    return this.#records;
  }

  accepted(): void {
    this.#sinceRefusal += 1;
    this.#records = Math.min(this.#most, this.#records * 2);
  }

  refused(): void {
    if (this.#sinceRefusal < apart) this.#records = Math.max(Math.min(fewest, this.#most), Math.floor(this.#records / 2));
    this.#sinceRefusal = 0;
  }
}
