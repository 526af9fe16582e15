/** A dataset that rests because something did not hold that always must; nothing of it is read or sent. */
export interface Resting {
  readonly dataset: string;
  readonly since: number;
  /** What did not hold. */
  readonly what: string;
}

/** Where the gateway keeps which datasets rest; it outlives the process. */
export interface RestStore {
  resting(): Promise<readonly Resting[]>;
  /** A dataset that rests already goes on resting for its first reason. */
  rest(resting: Resting): Promise<void>;
  /** Lets a dataset go on, with who decided it and why. False when it does not rest. */
  resume(dataset: string, by: { readonly at: number; readonly who: string; readonly why: string }): Promise<boolean>;
}
