/** A cell; a number in a column of shares is shown in per cent. */
export type SheetCell = string | number | null;

/** One sheet of a workbook. */
export interface Sheet {
  /** Made fit for a workbook by whoever writes it: length, forbidden signs, the same name twice. */
  readonly name: string;
  /** `width` in characters of the sheet's font. */
  readonly columns: readonly { readonly title: string; readonly width: number; readonly share?: boolean }[];
  readonly rows: readonly (readonly SheetCell[])[];
}

/** A cell as a spreadsheet program has left it. `fit` is false when it is no text that a person typed: a formula, a date, a number that may have been rounded. */
export interface ReadCell {
  readonly text: string;
  readonly fit: boolean;
}

/** One sheet as it was read, row by row; an empty cell is null. */
export interface ReadSheet {
  readonly name: string;
  readonly rows: readonly (readonly (ReadCell | null)[])[];
}

/** Reads a workbook that a person has worked on; rejects with a Failure `FILE_NOT_READ` when it is none. */
export type ReadWorkbook = (file: string) => Promise<readonly ReadSheet[]>;

/** Writes sheets into a file that spreadsheet programs open; no text in it can act as a formula. */
export type WriteWorkbook = (file: string, sheets: readonly Sheet[]) => Promise<void>;
