/** Writes a line for the log: a code and what it was about. Never personal data; one line per batch or event, not per record. */
export interface Log {
  info(code: string, facts?: LogFacts): void;
  warn(code: string, facts?: LogFacts): void;
  error(code: string, facts?: LogFacts): void;
  close(): Promise<void>;
}

export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;
