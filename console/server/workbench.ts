import type { Group } from '../../src/mending/groups.ts';
import type { Outcome } from '../../src/mending/outcome.ts';
import type { Redriven } from '../../src/mending/redrive.ts';
import type { Selection } from '../../src/mending/selection.ts';
import type { Texts } from '../../src/cli/texts.ts';

/** A further line of a code table: what the county says, and what the region says instead. */
export interface CodeLine {
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

/** A line of a corrected sheet, and what came of it. */
export interface ImportedLine {
  readonly line: number;
  readonly key: string;
  readonly verdict: string;
  readonly what: string;
}

export interface Imported {
  readonly taken: number;
  readonly refused: number;
  readonly lines: readonly ImportedLine[];
}

/** What can be done with records set aside; each waits until no job runs where it changes something. */
export interface Workbench {
  groups(): Promise<readonly Group[]>;
  /** What would become of them if the code tables had these further lines; nothing is kept. Null when it was interrupted. */
  preview(selection: Selection, codes: readonly CodeLine[]): Promise<Outcome | null>;
  /** Throws a Failure when the site's files would be wrong with these lines; nothing is written then. */
  checkCodes(codes: readonly CodeLine[]): Promise<void>;
  addCodes(codes: readonly CodeLine[]): Promise<void>;
  redrive(selection: Selection, by: { readonly who: string; readonly why: string }): Promise<Redriven>;
  /** A workbook with what must be mended, cell by cell. What rows say is in it. */
  sheet(selection: Selection, texts: Texts): Promise<Buffer>;
  /** Reads a sheet that came back; takes it only when `apply` and nothing in it is wrong. */
  take(bytes: Buffer, by: { readonly who: string; readonly apply: boolean; readonly datasets: readonly string[] | null; readonly texts: Texts }): Promise<Imported>;
  /** The report on the county's data as a workbook; of one department when it is named. */
  qualityWorkbook(department: string | null, texts: Texts): Promise<Buffer>;
}
