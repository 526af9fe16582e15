import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { Failure } from '../record/failure.ts';

/** Writes another cron into the job's file and leaves everything else in it as it is; null: the job runs only by hand. The running service takes the file like any other change. */
export function writeCron(siteDir: string, job: string, cron: string | null): void {
  const folder = join(siteDir, 'jobs');
  for (const name of readdirSync(folder).filter((one) => /\.ya?ml$/.test(one)).toSorted()) {
    const file = join(folder, name);
    const document = parseDocument(readFileSync(file, 'utf8'));
    if (document.get('job') !== job) continue;
    if (cron === null) document.delete('cron');
    else document.set('cron', cron);
    try {
      writeFileSync(`${file}.new`, document.toString({ lineWidth: 0 }));
      renameSync(`${file}.new`, file);
    } catch (cause) {
      throw new Failure('FILE_NOT_WRITTEN', { file, reason: cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown' }, cause);
    }
    return;
  }
  throw new Failure('JOB_UNKNOWN', { job, known: '—' });
}
