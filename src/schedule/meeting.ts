/** Where reading and delivering, going on side by side, tell each other how they stand. */
export class Meeting {
  #intakeDone = false;
  #deliveryDone = false;
  #waitingForRoom = false;
  #listeners: (() => void)[] = [];

  /** Something was kept or settled. */
  announce(): void {
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }

  /** Resolves at the next announcement. */
  news(): Promise<void> {
    return new Promise((resolve) => {
      this.#listeners.push(resolve);
    });
  }

  /** False once the reading has ended, and while it rests because the outbox is full. */
  moreToCome(): boolean {
    return !this.#intakeDone && !this.#waitingForRoom;
  }

  intakeEnded(): void {
    this.#intakeDone = true;
    this.announce();
  }

  deliveryEnded(): void {
    this.#deliveryDone = true;
    this.announce();
  }

  delivering(): boolean {
    return !this.#deliveryDone;
  }

  /** Rests the reading until the outbox has room; false when there will be none, because delivery has ended. */
  async waitForRoom(hasRoom: () => Promise<boolean>, signal: AbortSignal): Promise<boolean> {
    while (!(await hasRoom())) {
      if (this.#deliveryDone || signal.aborted) return false;
      this.#waitingForRoom = true;
      this.announce();
      await this.news();
      this.#waitingForRoom = false;
    }
    return !signal.aborted;
  }
}
