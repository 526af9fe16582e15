/** One thing wrong in the site's files; line and column count from 1. */
export interface Mistake {
  /** Path from the site's directory. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Stable code, listed in docs/errors.md. */
  readonly code: string;
  /** What the sentence needs; never the value of a secret. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** In the order a person mends them: by file, then from top to bottom. */
export function inReadingOrder(mistakes: readonly Mistake[]): readonly Mistake[] {
  return mistakes.toSorted((a, b) => (a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1));
}
