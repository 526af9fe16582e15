import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect } from 'chai';
import { migrations } from '../../../adapters/store-sqlite/schema.ts';
import { openStore, openStoreToLook } from '../../../adapters/store-sqlite/store.ts';
import { Failure } from '../../../src/record/failure.ts';
import type { Store } from '../../../src/port/store.ts';
import { batchOf, beginRun, firstVersion, keepingOf } from '../../contract-suites/store.ts';
import { seededLuck } from '../../fakes/seeded-luck.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { root } from '../../house/tree.ts';

/** A store with three hundred licences of which some are in a batch, closed as a process closes it that ends well. */
async function closedStore(): Promise<string> {
  const file = join(temporaryFolder(), 'gateway.db');
  const store = openStore(file, 'test');
  await fill(store, 'a');
  await store.close();
  return file;
}

async function fill(store: Store, name: string): Promise<void> {
  const run = await beginRun(store);
  await store.keep(keepingOf(run, Array.from({ length: 300 }, (_, n) => firstVersion(`${name}${n}`))));
  const ready = await store.ready('licences', 10);
  await store.write([batchOf(`batch-${name}`, ready.map((one) => one.envelope.seq))], 1);
  await store.endRun(run, { at: 2, state: 'pending', failure: null });
}

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'opened';
  } catch (cause) {
    return cause instanceof Failure ? cause.code : String(cause);
  }
}

describe('a store that is not as it was', () => {
  it('is refused when it is cut off, and nothing is made in its place', async () => {
    const file = await closedStore();
    truncateSync(file, 40_960);
    const before = readFileSync(file);
    expect(codeOf(() => openStore(file, 'test'))).to.equal('STORE_DAMAGED');
    expect(codeOf(() => openStoreToLook(file))).to.be.oneOf(['STORE_DAMAGED', 'opened']);
    expect(readFileSync(file).equals(before)).to.equal(true);
  });
  it('is refused when it is empty or gone, and was not before', async () => {
    const file = await closedStore();
    truncateSync(file, 0);
    expect(codeOf(() => openStore(file, 'test'))).to.equal('STORE_GONE');
    rmSync(file);
    expect(codeOf(() => openStore(file, 'test'))).to.equal('STORE_GONE');
    expect(existsSync(file)).to.equal(false);
  });
  it('is refused or works whole, whichever bits of it have turned', async function () {
    this.timeout(30_000);
    const file = await closedStore();
    const sound = readFileSync(file);
    const luck = seededLuck(3);
    const found = new Map<string, number>();
    for (let n = 0; n < 60; n += 1) {
      const bytes = Buffer.from(sound);
      const at = Math.floor(luck() * bytes.length);
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << Math.floor(luck() * 8)), at);
      writeFileSync(file, bytes);
      const code = codeOf(() => {
        const store = openStore(file, 'test');
        void store.close();
      });
      found.set(code, (found.get(code) ?? 0) + 1);
      rmSync(`${file}-wal`, { force: true });
      rmSync(`${file}-shm`, { force: true });
    }
    expect([...found.keys()].filter((code) => !['opened', 'STORE_DAMAGED', 'STORE_TOO_NEW', 'STORE_IO', 'STORE_OLDER'].includes(code))).to.deep.equal([]);
  });
  it('that was written by older code is brought up to date and keeps what it has', async () => {
    const file = join(temporaryFolder(), 'gateway.db');
    const older = new DatabaseSync(file);
    older.exec(`${migrations[0] ?? ''}; pragma user_version = 1; insert into cursor (stream, value) values ('licences:changes', 'kept')`);
    older.close();
    const store = openStore(file, 'test');
    expect(await store.cursor('licences:changes')).to.equal('kept');
    await fill(store, 'a');
    await store.close();
  });
  it('because its process did not end well, has all of its log moved over before anything is added to it', async () => {
    const file = join(temporaryFolder(), 'gateway.db');
    const cutOff = openStore(file, 'cut off');
    await fill(cutOff, 'a');
    const [left, over] = ['left.db', 'over.db'].map((name) => join(temporaryFolder(), name)) as [string, string];
    for (const ending of ['', '-wal']) copyFileSync(`${file}${ending}`, `${left}${ending}`);
    await cutOff.close();
    const store = openStore(left, 'test');
    copyFileSync(left, over);
    await store.close();
    using moved = new DatabaseSync(over);
    expect(moved.prepare('select count(*) as kept from envelope').get()).to.deep.include({ kept: 300 });
  });
  it('restored from an older copy is not run before a person has compared what the region has', async () => {
    const file = await closedStore();
    const copy = `${file}.copy`;
    copyFileSync(file, copy);
    const store = openStore(file, 'test');
    await fill(store, 'b');
    await store.close();
    copyFileSync(copy, file);
    expect(codeOf(() => openStore(file, 'test'))).to.equal('STORE_OLDER');
    rmSync(`${file}.mark`);
    await openStore(file, 'test').close();
  });
});

describe('a copy of a store', () => {
  it('is made while another process writes, can be restored, and overwrites nothing', async () => {
    const file = await closedStore();
    const store = openStore(file, 'test');
    const looking = openStoreToLook(file);
    const copy = join(temporaryFolder(), 'copy.db');
    const run = await beginRun(store);
    await store.keep(keepingOf(run, [firstVersion('late')]));
    await looking.backUp(copy);
    await store.keep(keepingOf(run, [firstVersion('later')]));
    const thrown = await looking.backUp(copy).then(() => '', (cause: unknown) => (cause as Failure).code);
    expect(thrown).to.equal('FILE_EXISTS');
    await looking.close();
    await store.close();
    const restored = openStore(copy, 'test');
    expect((await restored.totals())[0]).to.include({ dataset: 'licences', waiting: 301 });
    await restored.close();
  });
});

describe('a store that cannot be written just now', () => {
  it('because another program has locked it, loses nothing and goes on afterwards', async function () {
    this.timeout(20_000);
    const file = await closedStore();
    const store = openStore(file, 'test');
    const tool = new DatabaseSync(file);
    tool.exec('begin immediate');
    const run = await beginRun(store).catch((cause: unknown) => (cause as Failure).code);
    expect(run).to.equal('STORE_BUSY');
    tool.exec('rollback');
    tool.close();
    expect(await beginRun(store)).to.be.a('number');
    await store.close();
  });
  it('because the disk is full, keeps nothing by half, and goes on by itself when there is room again', function () {
    this.timeout(60_000);
    const folder = temporaryFolder();
    const done = spawnSync('unshare', ['-rm', 'sh', '-c', `mount -t tmpfs -o size=6m tmpfs "${folder}" && exec "${process.execPath}" test/crash/full-disk.ts "${folder}"`], { cwd: root, encoding: 'utf8' });
    if (done.status !== 0 && done.stdout === '') {
      if (process.env['CI'] === 'true') throw new Error(`no file system of a size can be made here: ${done.stderr}`);
      process.stderr.write('\n!! unshare or tmpfs is not allowed: the full disk was NOT proved\n');
      this.skip();
    }
    const said = JSON.parse(done.stdout) as { readonly code: string; readonly atFull: readonly number[]; readonly afterwards: readonly number[]; readonly integrity: string };
    expect(said.code).to.equal('STORE_FULL');
    expect(said.atFull[0]).to.equal(said.atFull[1]);
    expect(said.afterwards[0]).to.equal((said.atFull[0] ?? 0) + 200);
    expect(said.integrity).to.equal('ok');
  });
  it('because its folder may not be written, says so', async function () {
    if (process.getuid?.() === 0) {
      // Root writes whatever the rights say: an unprivileged process asks instead.
      const file = await closedStore();
      chmodSync(file, 0o444);
      chmodSync(join(file, '..'), 0o555);
      const asked = spawnSync('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, 'test/crash/open-store.ts', file], { cwd: root, encoding: 'utf8' });
      chmodSync(join(file, '..'), 0o755);
      if (asked.stdout.trim() === '') {
        if (process.env['CI'] === 'true') throw new Error(`no unprivileged process can be started here: ${asked.stderr}`);
        process.stderr.write('\n!! setpriv is not allowed: the folder that may not be written was NOT proved\n');
        this.skip();
      }
      expect(asked.stdout.trim()).to.equal('STORE_READ_ONLY');
      return;
    }
    const file = await closedStore();
    chmodSync(file, 0o444);
    expect(codeOf(() => openStore(file, 'test'))).to.equal('STORE_READ_ONLY');
  });
});
