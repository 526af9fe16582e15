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

/** Writes sheets into a file that spreadsheet programs open; no text in it can act as a formula. */
export type WriteWorkbook = (file: string, sheets: readonly Sheet[]) => Promise<void>;
