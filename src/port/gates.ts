/** The gate to the region's interface as a whole; every dataset has one of its own, by its name. */
export const regionGate = 'region';

/** How a gate to the region stands; a gate nobody has ever shut is absent. */
export interface GateStanding {
  /** `region`, or a dataset. */
  readonly gate: string;
  /** `shut`: nothing passes but one record, now and then. */
  readonly state: 'open' | 'shut';
  readonly since: number;
  /** Code of what shut it. */
  readonly reason: string;
  /** From when on one record is let through, to see. */
  readonly tryAt: number;
  /** How many were let through in vain. */
  readonly tries: number;
}

/** What a person last said of a gate: `hold` it shut whatever happens, or `release` it for a try at once. */
export interface GateWord {
  readonly gate: string;
  readonly word: 'hold' | 'release';
  /** In the person's own words; shown to people, never logged. */
  readonly reason: string;
  readonly by: string;
  readonly at: number;
}

/** All that is known of one gate. */
export interface Gate {
  readonly standing: GateStanding | null;
  /** The person's word that holds it. */
  readonly held: GateWord | null;
  /** It was released after it was last kept; by the order of words, not by anybody's clock. */
  readonly released: boolean;
}

/** What is kept of gates, so that it outlives the process. */
export interface GateStore {
  gate(name: string): Promise<Gate>;
  /** Every gate that was ever shut. */
  gates(): Promise<readonly GateStanding[]>;
  keepGate(standing: GateStanding): Promise<void>;
  /** The last word on each gate that a word was said of. */
  gateWords(): Promise<readonly GateWord[]>;
  /** Every word stays on record. */
  sayGate(word: GateWord): Promise<void>;
}
