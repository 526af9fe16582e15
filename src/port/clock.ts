/** The time, as an argument. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z; may jump when the machine's clock is set. */
  wallMs(): number;
  /** Milliseconds from an arbitrary start; never goes back. For durations. */
  steadyMs(): number;
  /** Resolves after so many milliseconds, or at once when the signal is aborted. */
  rest(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Luck, as an argument: a number in [0, 1). */
export type Luck = () => number;
