import type { Log, LogFacts } from '../../src/port/log.ts';

/** A log that only remembers. */
export interface SilentLog extends Log {
  readonly lines: readonly { readonly level: 'info' | 'warn' | 'error'; readonly code: string; readonly facts: LogFacts }[];
}

export function silentLog(): SilentLog {
  const lines: { level: 'info' | 'warn' | 'error'; code: string; facts: LogFacts }[] = [];
  const write = (level: 'info' | 'warn' | 'error') => (code: string, facts: LogFacts = {}): void => {
    lines.push({ level, code, facts });
  };
  return { lines, info: write('info'), warn: write('warn'), error: write('error'), close: async () => undefined };
}
