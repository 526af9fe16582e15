/** Something opened that several hold at a time; closed when the last of them lets go. */
export class Shared<T> {
  readonly value: T;
  readonly #close: () => Promise<void>;
  #holders = 1;

  /** Held by whoever opened it. */
  constructor(value: T, close: () => Promise<void>) {
    this.value = value;
    this.#close = close;
  }

  hold(): this {
    this.#holders += 1;
    return this;
  }

  async release(): Promise<void> {
    this.#holders -= 1;
    if (this.#holders === 0) await this.#close();
  }
}
