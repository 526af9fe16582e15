/** An answer other than the one hoped for, with what the server said about it. */
export class Refusal extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly code: string;
  /** The server's sentences in the language asked for; empty where it gave none. */
  readonly what: string;
  readonly mend: string;
  readonly facts: Readonly<Record<string, string | number>>;

  constructor(status: number, code: string, said: Said = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.what = said.what ?? '';
    this.mend = said.mend ?? '';
    this.facts = said.facts ?? {};
  }
}

/** What a refusing answer may carry. */
export interface Said {
  readonly code?: string;
  readonly what?: string;
  readonly mend?: string;
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** What a page is told of anything thrown; a fault of the page itself goes to the browser's console. */
export function refusalFrom(cause: unknown): Refusal {
  if (cause instanceof Refusal) return cause;
  console.error(cause);
  return new Refusal(0, 'CONSOLE_PAGE_FAULT');
}
