import type { FieldOfTable } from './quality.ts';

/** What one record says in the fields asked for, in their order, every row of a table of its own; null where its text is no longer kept. */
export type SaidFields = readonly (readonly (string | number)[])[] | null;

/** Records of a dataset that the county publishes, as far as they have been read. */
export interface Standings {
  /** Not gone at the county. */
  readonly live: number;
  readonly setAside: number;
  readonly atRegion: number;
}

/** What indicators ask of the gateway's memory. Nothing here writes. */
export interface IndicatorStore {
  /** Records that travel or have arrived, as last kept, a page at a time in the order of their first reading. */
  said(dataset: string, fields: readonly FieldOfTable[], after: number, limit: number): Promise<{ readonly records: readonly SaidFields[]; readonly next: number | null }>;
  standingsOf(dataset: string): Promise<Standings>;
  /** Versions that the region has accepted, and how many of them within so many milliseconds of being kept. */
  delays(dataset: string, withinMs: number): Promise<{ readonly delivered: number; readonly within: number }>;
}
