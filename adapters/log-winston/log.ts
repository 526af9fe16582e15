import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import winston from 'winston';
import type { Log, LogFacts } from '../../src/port/log.ts';

/** JSON lines in a file that is begun anew at 20 MB; five old ones are kept. */
export function openLog(file: string): Log {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const transport = new winston.transports.File({ filename: file, maxsize: 20_000_000, maxFiles: 5, tailable: true });
  const logger = winston.createLogger({
    level: 'info',
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    transports: [transport],
  });
  const write = (level: 'info' | 'warn' | 'error') => (code: string, facts: LogFacts = {}): void => {
    logger.log({ level, message: code, ...facts });
  };
  return {
    info: write('info'), warn: write('warn'), error: write('error'),
    close: () => new Promise((resolve) => {
      transport.once('finish', () => resolve());
      logger.end();
    }),
  };
}
