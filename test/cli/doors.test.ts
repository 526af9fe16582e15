import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import express from 'express';
import { openStore } from '../../adapters/store-sqlite/store.ts';
import { doorsOf, type DoorParts } from '../../src/cli/doors.ts';
import type { Site } from '../../src/config/site.ts';
import { callbackSignature } from '../../src/inbound/callback.ts';
import type { SourceSetting } from '../../src/port/source-setting.ts';
import type { Store } from '../../src/port/store.ts';
import { shippedSite } from '../console/hall.ts';
import { terminal } from '../fakes/parts-in-memory.ts';
import { RegionInMemory } from '../fakes/region-in-memory.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { stillClock } from '../fakes/still-clock.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

const clock = stillClock();
const terminalKey = 'terminal-key-0123456789';

describe('the doors for machines', () => {
  let site: Site;
  let store: Store;
  let server: Server | null = null;
  let joined: string[];
  let paused: string[];
  let lines: number;
  let calls = 0;

  before(async () => { site = await shippedSite(); });
  beforeEach(() => {
    [joined, paused, lines] = [[], [], 0];
    store = openStore(join(temporaryFolder(), 'gateway.db'), 'test');
  });
  afterEach(async () => {
    await new Promise<void>((done) => (server === null ? done() : void server.close(() => done())));
    server = null;
    await store.close();
  });

  /** Opens the doors of a service; gives how many there are. */
  async function open(change: Partial<DoorParts> = {}): Promise<number> {
    const region = (): RegionInMemory => {
      lines += 1;
      return Object.assign(new RegionInMemory(clock), { verifier: { verify: async () => ({ verdict: 'away' as const, reason: 'test' }) } });
    };
    const { parts } = terminal();
    const doors = doorsOf({
      site, store, clock, log: silentLog(), jobs: () => site.jobs, env: {}, texts: parts.texts('zh-CN'), region,
      duty: { paused: (job) => (paused.includes(job) ? { job, by: '王敏', why: '升级', at: 0 } as never : null) }, timetable: { join: (job) => void joined.push(job.job) },
      openDrop: () => ({ tables: ['T'], put: async () => ({ state: 'kept', again: false, records: 1 }) }), ...change,
    });
    server = createServer(express().use(...doors, (_request, response) => void response.status(404).end()));
    await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
    return doors.length;
  }

  async function post(path: string, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
    if (server === null) throw new Error('no doors are open');
    const { port } = server.address() as AddressInfo;
    return (await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body, headers })).status;
  }

  /** A call of the region, signed with what the service was started with. */
  async function call(record: Readonly<Record<string, unknown>>, secret = 's'): Promise<number> {
    calls += 1;
    const body = JSON.stringify({ records: [record] });
    const [path, timestamp, nonce] = ['/callbacks/applications', String(Math.floor(clock.wallMs() / 1000)), `nonce-${calls}-0123456789`];
    return post(path, body, { 'x-aep-timestamp': timestamp, 'x-aep-nonce': nonce, 'x-aep-signature': callbackSignature(secret, { method: 'POST', path, body: Buffer.from(body), timestamp, nonce }) });
  }

  const application = (no: string) => ({ project_no: no, update_time: '2026-11-23 10:00:00' });

  it('put the job in line that applies what the region has brought, and no job for what is refused or repeated', async () => {
    await open();
    expect(await call(application('P1'))).to.equal(200);
    expect(joined).to.deep.equal(['pull-applications']);
    expect([await call(application('P1')), await call(application('P2'), 'guessed')]).to.deep.equal([200, 401]);
    expect(joined).to.deep.equal(['pull-applications']);
    expect((await store.received('applications', 9)).map(({ key }) => key)).to.deep.equal(['P1']);
  });
  it('take a second call while the job of the first still runs or waits: it is asked for again, and nobody is refused', async () => {
    await open();
    expect([await call(application('P1')), await call(application('P2'))]).to.deep.equal([200, 200]);
    expect(joined).to.deep.equal(['pull-applications', 'pull-applications']);
  });
  it('keep what comes while the job is paused, and let it rest', async () => {
    paused = ['pull-applications'];
    await open();
    expect(await call(application('P1'))).to.equal(200);
    expect([joined, (await store.received('applications', 9)).length]).to.deep.equal([[], 1]);
  });
  it('are none for terminals without a key, or with keys too short to be one, and open no line to the region for them', async () => {
    const without = await open();
    await new Promise<void>((done) => void server?.close(() => done()));
    expect(await open({ env: { QILIAN_TERMINAL_KEYS: ' short , ,15-characters-x' } })).to.equal(without);
    expect(lines).to.equal(0);
    expect(await post('/api/licences/verify', '{"identifier":"1.2"}', { authorization: `Bearer ${terminalKey}`, 'content-type': 'application/json' })).to.equal(404);
  });
  it('are opened for terminals by their keys, with a line of their own to the region', async () => {
    await open({ env: { QILIAN_TERMINAL_KEYS: `another-key-0123456789, ${terminalKey}` } });
    expect(lines).to.equal(1);
    expect(await post('/api/licences/verify', '{}', { authorization: `Bearer ${terminalKey}`, 'content-type': 'application/json' })).to.equal(400);
    expect(await post('/api/licences/verify', '{"identifier":"1.2"}', { authorization: 'Bearer nobody-knows-this-key', 'content-type': 'application/json' })).to.equal(401);
  });
  it('are opened for those systems of the county that have a word of their own, and begin the reports that read what was handed in', async () => {
    const folder = (token: string | undefined) => ({ engine: 'files', folder: '/in', done: '/done', complete: { by: 'still', seconds: 1 }, tables: {}, ...(token === undefined ? {} : { token }) }) as SourceSetting;
    await open({ site: { ...site, sources: { hall: folder('the word of the hall'), 'licence-library': folder(undefined) } } });
    const hand = (source: string, word: string): Promise<number> => post(`/county/${source}/T`, '[{}]', { authorization: `Bearer ${word}`, 'idempotency-key': 'k1' });
    expect(await hand('hall', 'the word of the hall')).to.equal(202);
    expect(joined).to.deep.equal(['cases', 'items']);
    expect([await hand('hall', 'another word'), await hand('licence-library', 'the word of the hall'), await hand('elsewhere', '')]).to.deep.equal([401, 401, 401]);
    expect(joined).to.deep.equal(['cases', 'items']);
  });
});
