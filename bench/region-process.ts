import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A simulated region in a process of its own, with a store of its own. */
export interface RegionProcess {
  readonly url: string;
  /** Ends it; answers with how many licences it holds. */
  end(): Promise<number>;
}

/** Key pair of every bench. */
export const keys = { QILIAN_REGION_APP_KEY: 'bench-county', QILIAN_REGION_APP_SECRET: 'bench-secret-of-no-worth' } as const;

const serve = join(import.meta.dirname, '..', 'simulator', 'serve.ts');

/** Starts a region on a free port with an empty store in the folder. */
export async function startRegion(folder: string): Promise<RegionProcess> {
  const child = spawn(process.execPath, [serve, '--port', '0', '--data', folder], { env: { ...process.env, ...keys }, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    let words = '';
    child.stdout.on('data', (part: Buffer) => {
      words += part.toString('utf8');
      const found = /(http:\/\/[\w.:]+)\n/.exec(words)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on('exit', (code) => reject(new Error(`the simulator ended with ${code}`)));
  });
  return {
    url,
    end: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      return licencesIn(join(folder, 'region.db'));
    },
  };
}

function licencesIn(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return Number(database.prepare('select count(*) as n from row join tbl on tbl.id = row.tbl where tbl.name = ? and state = 1').get('up_lic_data')?.['n']);
  } finally {
    database.close();
  }
}
