/** One cell as the county's database gave it. Integers beyond 2^53 and decimals arrive as text, dates as the text stored. */
export type Cell = string | number | null;

/** Most UTF-16 units of a cell that are read: of a longer one a database is asked for the beginning only, so that nothing it holds can fill the memory. */
export const longestCell = 100_000;

/** One row, by the column names the mapping asked for. */
export type Row = Readonly<Record<string, Cell>>;

/** One fact read from a county: this record, with what belongs to it, now looks like this, or is gone. */
export type Change =
  | {
      readonly state: 'present';
      /** The primary key in the county's table, as text. */
      readonly key: string;
      readonly row: Row;
      /** Rows that belong to this one, by the child's name in the mapping; in the mapping's order. */
      readonly children: Readonly<Record<string, readonly Row[]>>;
      /** Rows this one points to, by the lookup's name; absent when the county has no such row. */
      readonly lookups: Readonly<Record<string, Row | undefined>>;
      /** Lookups for which the county has several rows, so that none can be meant: they are absent in `lookups`. */
      readonly ambiguous?: readonly string[];
    }
  | { readonly state: 'gone'; readonly key: string };

export type PresentChange = Extract<Change, { state: 'present' }>;
