/** What became of records that a county's system handed in under a key of its own. */
export type Dropped =
  /** On disk: they will be read. `again`: the same had been handed in before, and nothing was added. */
  | { readonly state: 'kept'; readonly again: boolean; readonly records: number }
  /** The key was used for other records. */
  | { readonly state: 'different' }
  /** The same key is being handed in just now. */
  | { readonly state: 'busy' }
  | { readonly state: 'unreadable' };

/** Where a county's system hands records in, instead of being asked for them. */
export interface Drop {
  /** Tables that are taken. */
  readonly tables: readonly string[];
  /** Kept only when this resolves with `kept`: then a crash loses nothing. The body is JSON, a list of objects, or one object on each line. */
  put(table: string, key: string, body: Uint8Array): Promise<Dropped>;
}
