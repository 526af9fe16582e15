import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { compareWithTruth, type Comparison } from '../../demo/compare.ts';
import { lastLine, Rehearsal } from '../journey/rehearsal.ts';

/** What a site brought to the region, and what became of the rows that were not right. */
export interface Walked {
  readonly runs: readonly Run[];
  readonly comparison: Comparison;
  /** Kinds of dirt whose record did not meet the fate the generator knows. */
  readonly wrong: readonly string[];
  /** Records set aside that nobody soiled. */
  readonly cleanAside: readonly string[];
  readonly fates: number;
}

export interface Run {
  readonly job: string;
  readonly state: string;
  readonly read: number;
  readonly delivered: number;
  readonly quarantined: number;
  readonly same: number;
  readonly pending: number;
}

/** Brings a made-up county through a site's jobs to a simulated region, by the commands an operator types. */
export async function walk(site: string, jobs: readonly string[], make: (files: { readonly file: string; readonly truthFile: string }) => void): Promise<Walked> {
  const rehearsal = new Rehearsal();
  const truthFile = join(rehearsal.dataDir, 'truth.db');
  try {
    make({ file: join(rehearsal.dataDir, 'county.db'), truthFile });
    await rehearsal.startSimulator();
    const runs: Run[] = [];
    for (const job of jobs) {
      const ended = await rehearsal.qilian('run', job, '--site', site, '--json');
      if (ended.code !== 0) throw new Error(`${job} ended with ${ended.code}: ${ended.err} ${ended.out}`);
      runs.push(lastLine<Run>(ended));
    }
    const comparison = await compareWithTruth({ truthFile, regionFile: join(rehearsal.dataDir, 'region', 'region.db') });
    return { runs, comparison, ...fatesMet(truthFile, join(rehearsal.dataDir, 'gateway.db')) };
  } finally {
    await rehearsal.end();
  }
}

function fatesMet(truthFile: string, storeFile: string): Pick<Walked, 'wrong' | 'cleanAside' | 'fates'> {
  const fates = rows(truthFile, 'select dataset, key, kind, outcome, code from fate');
  const aside = new Map(rows(storeFile, `select r.dataset || ' ' || r.key as place, e.problems from envelope e join record r on r.id = e.record where e.state = 'quarantined'`)
    .map((row) => [String(row['place']), (JSON.parse(String(row['problems'])) as { code: string; severity: string }[])]));
  const wrong = fates.filter((fate) => {
    const problems = aside.get(`${String(fate['dataset'])} ${String(fate['key'])}`);
    return fate['outcome'] === 'quarantined' ? problems?.some((one) => one.code === fate['code'] && one.severity === 'refuse') !== true : problems !== undefined;
  });
  const dirty = new Set(fates.map((fate) => `${String(fate['dataset'])} ${String(fate['key'])}`));
  return {
    fates: fates.length, cleanAside: [...aside].filter(([place]) => !dirty.has(place)).map(([place, problems]) => `${place} ${JSON.stringify(problems)}`),
    wrong: wrong.map((fate) => `${String(fate['kind'])}: ${JSON.stringify(aside.get(`${String(fate['dataset'])} ${String(fate['key'])}`) ?? null)}`),
  };
}

function rows(file: string, sql: string): readonly Record<string, unknown>[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(sql).all() as Record<string, unknown>[];
  } finally {
    database.close();
  }
}
