/** What is written down of one history: its trace, the interesting states it reached, what must never have happened. */
export class Notes {
  readonly breaches: string[] = [];
  readonly met = new Map<string, number>();
  readonly story: string[] = [];
  readonly #telling: boolean;
  #a = 0xdeadbeef;
  #b = 0x41c6ce57;

  /** With `telling`, the trace is kept line by line and not only as its hash. */
  constructor(telling: boolean) {
    this.#telling = telling;
  }

  tell(line: string): void {
    if (this.#telling) this.story.push(line);
    for (let index = 0; index < line.length; index += 1) {
      const unit = line.charCodeAt(index);
      this.#a = Math.imul(this.#a ^ unit, 2_654_435_761);
      this.#b = Math.imul(this.#b ^ unit, 1_597_334_677);
    }
  }

  sometimes(state: string): void {
    this.met.set(state, (this.met.get(state) ?? 0) + 1);
  }

  breach(what: string): void {
    this.tell(`!! ${what}`);
    this.breaches.push(what);
  }

  /** Of everything told, in its order. */
  get hash(): string {
    return (this.#a >>> 0).toString(16).padStart(8, '0') + (this.#b >>> 0).toString(16).padStart(8, '0');
  }
}
