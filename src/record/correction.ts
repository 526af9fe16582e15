/** Where in what was read of a record a cell stands. */
export interface CellPlace {
  /** Name of the child rows in the mapping; empty: the record's own row. */
  readonly child: string;
  /** Which of the child rows, from 0; 0 for the record's own row. */
  readonly at: number;
  readonly column: string;
}

/** A value that a person has put in the place of a wrong one, to be had for as long as the county's row says what it said then. */
export interface Correction extends CellPlace {
  readonly dataset: string;
  readonly key: string;
  readonly value: string;
  /** Mark of the row it was made for (`rowMark`). */
  readonly row: string;
  readonly who: string;
  readonly why: string;
  readonly madeAt: number;
}

/** One that is kept. */
export interface KeptCorrection extends Correction {
  readonly id: number;
}
