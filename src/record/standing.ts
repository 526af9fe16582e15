import type { EnvelopeState } from './envelope.ts';

/** Fingerprint of a record that is gone from the county. */
export const goneFingerprint = 'gone';

/** Where the newest version of a record stands. */
export interface Standing {
  /** The store's own number for the record. */
  readonly id: number;
  readonly key: string;
  readonly identity: string | null;
  readonly version: number;
  readonly fingerprint: string;
  /** The envelope of that version. */
  readonly seq: number;
  readonly state: EnvelopeState;
  /** An envelope of this record that has begun to travel and not come to an end: later versions are held behind it. */
  readonly begun: number | null;
  /** Whether the region has any version of it from us. */
  readonly atRegion: boolean;
  /** Fingerprint of that version; empty when the region has it in part only, null when it has none. */
  readonly regionHas: string | null;
}
