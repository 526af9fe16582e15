import { DatabaseSync } from 'node:sqlite';
import { defaultAsOf, generateCounty } from '../demo/county/generate.ts';

/** A made-up county: how many licences it publishes, and how many of them are fit for the region. */
export interface BenchCounty {
  readonly published: number;
  readonly fit: number;
}

/** Generates a county of so many licences (a number, `small` or `banner`), with its usual share of dirty rows. */
export async function makeBenchCounty(file: string, { size, seed }: { readonly size: string; readonly seed: number }): Promise<BenchCounty> {
  const truthFile = `${file}.truth`;
  await generateCounty({ file, truthFile, seed, size: size === 'banner' || size === 'small' ? size : Number(size), asOf: defaultAsOf });
  return {
    published: count(file, `select count(*) as n from DZZZ_ZZXX where ZZZT in ('2', '3')`),
    fit: count(truthFile, `select count(*) as n from expected where tbl = 'up_lic_data'`),
  };
}

function count(file: string, sql: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return Number(database.prepare(sql).get()?.['n']);
  } finally {
    database.close();
  }
}
