/**
 * Something the region issued, on its way into the county:
 *
 *     received ──apply──▶ applied
 *        ├─ a later version is here ──▶ overtaken
 *        ├─ a person must take it (dictionaries) ──▶ held ──taken──▶ applied, or ──▶ declined
 *        └─ mapping or county do not let it in ──▶ refused (kept, with its problems)
 */
export type IssuedState = 'received' | 'applied' | 'overtaken' | 'held' | 'declined' | 'refused';

/** A record of the region's as the gateway keeps it. */
export interface Issued {
  /** Order of arrival; also its name in the store. */
  readonly id: number;
  readonly resource: string;
  /** What names it among the records of its resource. */
  readonly key: string;
  /** Orders the versions of one key, compared as text; null where the region gives none. */
  readonly version: string | null;
  /** SM3 of its canonical JSON: equal exactly when the same was said. */
  readonly fingerprint: string;
  /** JSON text as it came. */
  readonly text: string;
  readonly state: IssuedState;
}

/** Whose word counts for a column of the county that pulled data fills. */
export type Owner =
  /** The region's, always. */
  | 'region'
  /** The county's; the region's is only what the row is entered with. */
  | 'county'
  /** Either's: who changed it last; when both did, a rule or a person decides. */
  | 'shared'
  /** The county's, and the region's only where the county has nothing. */
  | 'empty';

/** Who is right when both sides changed a shared column. */
export type Decide = 'region' | 'county' | 'ask';
