import type { Clock } from '../port/clock.ts';
import type { DeliveryStore, Settlement } from '../port/store.ts';

const together = 4;
const restMs = 10;

/** Settles answered batches several at a time: one wait for the disk serves them all, and the line is free meanwhile. */
export class Settling {
  readonly #store: Pick<DeliveryStore, 'settle'>;
  readonly #clock: Clock;
  readonly #settled: (settlements: readonly Settlement[]) => void;
  #handed: Settlement[] = [];
  #flushing: Promise<void> = Promise.resolve();
  #scheduled = false;
  #failure: unknown = null;

  constructor(store: Pick<DeliveryStore, 'settle'>, clock: Clock, settled: (settlements: readonly Settlement[]) => void) {
    this.#store = store;
    this.#clock = clock;
    this.#settled = settled;
  }

  /** True while something handed is not yet durable. */
  get busy(): boolean {
    return this.#handed.length > 0;
  }

  /** What kept something from being settled; delivery ends with it. */
  get failure(): unknown {
    return this.#failure;
  }

  hand(settlement: Settlement): void {
    this.#handed.push(settlement);
    if (this.#handed.length >= together) void this.flush();
    else if (!this.#scheduled) {
      this.#scheduled = true;
      void this.#clock.rest(restMs).then(() => {
        this.#scheduled = false;
        return this.flush();
      });
    }
  }

  /** Resolves when all that was handed before is durable, or has failed. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(async () => {
      const batch = [...this.#handed]; // more may be handed meanwhile
      if (batch.length === 0 || this.#failure !== null) return;
      try {
        await this.#store.settle(batch);
        this.#handed = this.#handed.slice(batch.length);
        this.#settled(batch);
      } catch (cause) {
        this.#failure = cause;
      }
    });
    return this.#flushing;
  }
}
