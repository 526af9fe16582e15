import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { generateCounty } from '../../demo/county/generate.ts';

/** A small made-up county in a directory of its own, for tests. */
export interface MadeCounty {
  readonly dir: string;
  readonly file: string;
  readonly truthFile: string;
  readonly remove: () => void;
}

/** Makes a small county; the seed decides everything in it. */
export async function madeCounty(seed = 1): Promise<MadeCounty> {
  const dir = mkdtempSync(join(tmpdir(), 'qilian-county-'));
  const file = join(dir, 'county.db'), truthFile = join(dir, 'truth.db');
  await generateCounty({ file, truthFile, seed, size: 'small', asOf: '2026-11-20' });
  return { dir, file, truthFile, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** Every row of a query, as plain values. */
export function ask(file: string, sql: string): readonly Readonly<Record<string, unknown>>[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}
