import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { openSource } from '../../adapters/county-sqlite/source.ts';
import { loadSite } from '../../src/config/load-site.ts';
import type { Site } from '../../src/config/site.ts';
import { type Contract, compileContract } from '../../src/contract/contract.ts';
import { examiner } from '../../src/intake/examine.ts';
import { compileMapping } from '../../src/mapping/mapping.ts';
import type { Source } from '../../src/port/source.ts';
import type { Cursor } from '../../src/record/cursor.ts';

/** What mapping and contract made of a record that is not simply good. */
export interface Verdict {
  readonly outcome: 'quarantined' | 'warned';
  readonly codes: readonly string[];
}

const clock = { wallMs: () => Date.UTC(2027, 0, 1), steadyMs: () => 0, rest: async () => undefined };

/** The site as shipped. */
export async function shippedSite(): Promise<Site> {
  const env = { QILIAN_DATA: '/nowhere', QILIAN_REGION_URL: 'http://127.0.0.1:1', QILIAN_REGION_APP_KEY: 'key', QILIAN_REGION_APP_SECRET: 'secret' };
  const loaded = await loadSite({ dir: fileURLToPath(new URL('../..', import.meta.url)), env });
  if ('mistakes' in loaded) throw new Error(JSON.stringify(loaded.mistakes));
  return loaded.site;
}

/** Reads every record of the county by the shipped mappings, and writes what would travel as the region would hold it. */
export async function walkCounty(site: Site, county: { readonly file: string; readonly dir: string }): Promise<{ readonly regionFile: string; readonly verdicts: ReadonlyMap<string, Verdict> }> {
  const regionFile = join(county.dir, 'region.db');
  const contract = compileContract(site.contract);
  const region = new DatabaseSync(regionFile);
  region.exec(`pragma synchronous = off; drop table if exists tbl; drop table if exists row; create table tbl (id integer primary key, name text);
    create table row (id integer primary key, tbl integer, guid text, state integer, body text); begin`);
  const source = openSource(county.file, clock);
  const verdicts = new Map<string, Verdict>();
  for (const mapping of site.datasets) await walkDataset({ mapping, contract, source, region }, verdicts);
  region.exec('commit');
  region.close();
  await source.close();
  return { regionFile, verdicts };
}

interface Walk {
  readonly mapping: Site['datasets'][number];
  readonly contract: Contract;
  readonly source: Source;
  readonly region: DatabaseSync;
}

async function walkDataset({ mapping, contract, source, region }: Walk, verdicts: Map<string, Verdict>): Promise<void> {
  const compiled = compileMapping(mapping, contract);
  const examine = examiner(compiled, contract);
  const insert = region.prepare('insert into row (tbl, guid, state, body) values ((select id from tbl where name = ?), ?, 1, ?)');
  for (const table of new Set(mapping.records.map((record) => record.table))) region.prepare('insert into tbl (name) values (?)').run(table);
  const identities = new Set<string>();
  let cursor: Cursor | null = null;
  for (;;) {
    const page = await source.changes(compiled.selection, cursor, 1000);
    for (const change of page.changes) {
      const mapped = examine(change);
      if (mapped.state === 'gone') continue;
      const problems = mapped.problems.filter((problem) => problem.severity !== 'note').map((problem) => problem.code);
      const twice = mapped.state === 'good' && mapped.identity !== null && identities.has(mapped.identity);
      if (problems.length > 0 || twice) {
        const outcome = mapped.state === 'bad' || twice ? 'quarantined' : 'warned';
        verdicts.set(`${mapping.dataset}/${mapped.key}`, { outcome, codes: twice ? ['DUPLICATE_IDENTITY'] : problems });
      }
      if (mapped.state === 'bad' || twice) continue;
      if (mapped.identity !== null) identities.add(mapped.identity);
      for (const record of mapped.records) insert.run(record.table, record.rowGuid, record.body);
    }
    cursor = page.resume;
    if (page.caughtUp) return;
  }
}
