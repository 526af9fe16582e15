import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { Rehearsal } from './rehearsal.ts';

describe('a service whose output nobody reads', function () {
  this.timeout(120_000);
  const rehearsals = [new Rehearsal(), new Rehearsal()] as const;
  after(() => Promise.all(rehearsals.map((rehearsal) => rehearsal.end())));

  it('because the pipe is full, delivers all the same, and ends in good order when it is asked to', async () => {
    const [rehearsal] = rehearsals;
    await rehearsal.begin('200');
    const { reader, writer } = pipe();
    const filled = fill(writer);
    const { child, ended } = rehearsal.launchService({ output: writer });
    await delivered(rehearsal);
    child.kill('SIGTERM');
    const asked = performance.now();
    const { code, signal } = await ended;
    expect({ code, signal, soon: performance.now() - asked < 9_000 }).to.deep.equal({ code: 0, signal: null, soon: true });
    expect(readSync(reader, Buffer.alloc(2 * filled))).to.equal(filled);
    expect(await rehearsal.script('demo/compare-region.ts')).to.include({ equal: true, duplicates: 0 });
    closeSync(reader);
    closeSync(writer);
  });
  it('because whoever read it has left, delivers all the same, and ends in good order when it is asked to', async () => {
    const [, rehearsal] = rehearsals;
    await rehearsal.begin('200');
    const { reader, writer } = pipe();
    closeSync(reader);
    const { child, ended } = rehearsal.launchService({ output: writer });
    await delivered(rehearsal);
    child.kill('SIGTERM');
    const { code, signal } = await ended;
    expect({ code, signal }).to.deep.equal({ code: 0, signal: null });
    expect(await rehearsal.script('demo/compare-region.ts')).to.include({ equal: true, duplicates: 0 });
    closeSync(writer);
  });
});

/** Both ends of a pipe. */
function pipe(): { readonly reader: number; readonly writer: number } {
  const file = join(temporaryFolder(), 'output');
  spawnSync('mkfifo', [file]);
  return { reader: openSync(file, constants.O_RDONLY | constants.O_NONBLOCK), writer: openSync(file, constants.O_WRONLY | constants.O_NONBLOCK) };
}

/** Fills a pipe to the last byte; gives how many it took. */
function fill(writer: number): number {
  let filled = 0;
  for (let bytes = 4_096; bytes >= 1; ) {
    try {
      filled += writeSync(writer, Buffer.alloc(bytes, '.'));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EAGAIN') throw cause;
      bytes = Math.floor(bytes / 2);
    }
  }
  return filled;
}

/** Waits until every dataset has been brought to the region. */
async function delivered({ dataDir }: Rehearsal): Promise<void> {
  const done = (): boolean => {
    try {
      using database = new DatabaseSync(join(dataDir, 'gateway.db'), { readOnly: true });
      return database.prepare(`select count(distinct job) as n from run where job in ('items', 'cases', 'licences') and state = 'done'`).get()?.['n'] === 3;
    } catch {
      return false;
    }
  };
  for (let waited = 0; !done(); waited += 50) {
    if (waited > 60_000) throw new Error('not everything was delivered');
    await wait(50);
  }
}
