import type { ChildProcess } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { root } from '../../house/tree.ts';
import { Rehearsal } from '../../journey/rehearsal.ts';

/** A code of the county's for which no file has a partner, and how many licences carry it. */
export const missingCode = { table: 'holder-type', value: '9', count: 500 };

/** A whole county with its gateway running as a process of its own, on a copy of the site's files that the console may write into. */
export class OnDuty {
  readonly rehearsal = new Rehearsal();
  readonly siteDir = join(this.rehearsal.dataDir, 'site');
  url = '';
  setupToken = '';
  #gateway: { readonly child: ChildProcess; readonly ended: Promise<unknown> } | null = null;

  /** Makes the county, gives 500 licences a code without partner, brings everything to the region once, and opens the console. */
  async begin(): Promise<void> {
    await this.rehearsal.begin('small');
    for (const part of ['mappings', 'jobs', 'indicators', ...readdirSync(root).filter((name) => name.endsWith('.yaml'))]) {
      cpSync(join(root, part), join(this.siteDir, part), { recursive: true });
    }
    const county = new DatabaseSync(join(this.rehearsal.dataDir, 'county.db'));
    county.prepare(`update DZZZ_ZZXX set CZZTDMLX = ? where ZZID in (select ZZID from DZZZ_ZZXX where ZZZT in ('2', '3') and CZZTDMLX = '1' order by ZZID limit ?)`).run(missingCode.value, missingCode.count);
    county.close();
    for (const job of ['items', 'cases', 'licences']) {
      const ended = await this.rehearsal.qilian('run', job, '--site', this.siteDir);
      if (ended.code !== 0) throw new Error(`${job} ended with ${ended.code}: ${ended.out} ${ended.err}`);
    }
    await this.start();
  }

  async start(): Promise<void> {
    const launched = this.rehearsal.launchUnder([], { QILIAN_PORT: '0' }, 'start', '--site', this.siteDir);
    this.#gateway = launched;
    const { stdout } = launched.child;
    if (stdout === null) throw new Error('no output');
    await new Promise<void>((opened, failed) => {
      void launched.ended.then((ended) => failed(new Error(`the gateway ended: ${JSON.stringify(ended)}`)));
      createInterface(stdout).on('line', (line) => {
        this.url ||= /http:\/\/127\.0\.0\.1:\d+\//.exec(line)?.[0] ?? '';
        this.setupToken ||= /[：:]\s?([\w-]{20,})$/.exec(line)?.[1] ?? '';
        if (this.url !== '' && this.setupToken !== '') opened();
      });
    });
  }

  /** Some licences' keys in the county, of those with the code without partner or of those in order. */
  licences(which: 'without-partner' | 'in-order', count: number): readonly string[] {
    const county = new DatabaseSync(join(this.rehearsal.dataDir, 'county.db'), { readOnly: true });
    const found = county.prepare(`select ZZID from DZZZ_ZZXX where ZZZT in ('2', '3') and CZZTDMLX ${which === 'in-order' ? '<>' : '='} ? order by ZZID limit ?`).all(missingCode.value, count);
    county.close();
    return found.map((row) => String(row['ZZID']));
  }

  /** A clerk's own work in the hall's system. */
  promise(item: string, days: number): void {
    this.#atCounty((county) => county.prepare(`update SXSERVICE set PROMISEDAY = ?, MODIFYDATE = '2026-11-26 10:00:00' where SERVICEOID = ?`).run(days, item));
  }

  /** What the hall's system promises for an item. */
  promised(item: string): number {
    return this.#atCounty((county) => Number(county.prepare('select PROMISEDAY as days from SXSERVICE where SERVICEOID = ?').get(item)?.['days']));
  }

  #atCounty<T>(work: (county: DatabaseSync) => T): T {
    const county = new DatabaseSync(join(this.rehearsal.dataDir, 'county.db'), { timeout: 10_000 });
    try {
      return work(county);
    } finally {
      county.close();
    }
  }

  async end(): Promise<void> {
    this.#gateway?.child.kill('SIGTERM');
    await this.#gateway?.ended;
    await this.rehearsal.end();
  }
}
