import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import express from 'express';
import { Keyv } from 'keyv';
import { openRegion } from '../../adapters/region-http/client.ts';
import { licenceRouter } from '../../console/server/licence-router.ts';
import { loadSite } from '../../src/config/load-site.ts';
import { verificationOf, type Verification } from '../../src/inbound/verification.ts';
import type { Region } from '../../src/port/region.ts';
import { stillClock } from '../fakes/still-clock.ts';
import { root } from '../house/tree.ts';
import { clean, monday, rehearse, type Rehearsal } from '../simulator/rehearsal.ts';

const identifier = '1.2.156.3005.2.11100000000013338W032.11150626MB0A12342C.15062600000000000001.001.M';

describe('a licence that somebody shows', () => {
  let sim: Rehearsal;
  let region: Region;
  let server: Server;
  let close: () => void;
  const clock = stillClock();
  const told: string[] = [];
  before(async () => {
    sim = await rehearse();
    await sim.push('up_lic_data', 'B1', [clean('up_lic_data', 'B1', { row_guid: 'a', certificate_source_id: identifier })]);
    const loaded = await loadSite({ dir: root, env: { QILIAN_DATA: '/tmp', QILIAN_REGION_URL: sim.simulator.url, QILIAN_REGION_APP_KEY: 'county-of-the-tests', QILIAN_REGION_APP_SECRET: 'secret-of-the-tests' } });
    if (!('site' in loaded)) throw new Error(JSON.stringify(loaded.mistakes));
    const { profile } = loaded.site;
    if (profile.transport !== 'http' || profile.verify === undefined) throw new Error('the shipped profile verifies over HTTP');
    region = openRegion(profile, { clock: { ...clock, wallMs: () => monday }, nonce: randomUUID, keys: {} });
    if (region.verifier === undefined) throw new Error('no verifier');
    const ledger = { trace: async (_dataset: string, name: string) => (name === identifier ? { dataset: 'licences', key: 'k', identity: name, ledger: { version: 1, fingerprint: 'f', rows: [] }, versions: [] } : null) };
    const verification = verificationOf({ profile: profile.verify, verifier: region.verifier, cache: new Keyv(), clock, ledger: ledger as Parameters<typeof verificationOf>[0]['ledger'], dataset: 'licences' });
    close = () => verification.close();
    const door = licenceRouter({ keys: ['terminal-key-0123456789'], verify: verification.verify, words: { ledger: (reported) => (reported ? '只知道台账' : '台账也没有') }, log: (code, facts) => void told.push(`${code} ${JSON.stringify(facts)}`) });
    server = createServer(express().use(door));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  after(async () => {
    close();
    server.close();
    await region.close();
    await sim.end();
  });
  afterEach(() => sim.sim('DELETE', 'illness'));
  const ask = async (body: unknown, key = 'terminal-key-0123456789'): Promise<{ readonly status: number; readonly said: Verification & { readonly meaning?: string; readonly code?: string } }> => {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/licences/verify`, {
      method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
    return { status: response.status, said: await response.json() as never };
  };

  it('is verified by the region, with what the result means, and once more from what the region said while that holds', async () => {
    expect((await ask({ identifier })).said).to.include({ source: 'region', result: '0', meaning: '正确有效' });
    expect((await ask({ identifier })).said).to.include({ source: 'cache', result: '0' });
    expect((await ask({ code: 'https://licence.example/v?id=nothing' })).said).to.include({ source: 'region', result: '6', meaning: '参数错误' });
    expect((await ask({ identifier: `${identifier}M` })).said).to.include({ result: '5', meaning: '查无' });
  });
  it('is asked about anew when the region’s word no longer holds', async () => {
    await clock.rest(61_000);
    expect((await ask({ identifier })).said).to.include({ source: 'region' });
  });
  it('is not called verified when the region is away: only the ledger is told, and that plainly', async () => {
    await clock.rest(61_000);
    await sim.sim('POST', 'illness', { kind: '503', match: { path: '/v1/licences/' } });
    const { status, said } = await ask({ code: `https://licence.example/v?id=${identifier}` });
    expect([status, said.source, said.result, said.meaning]).to.deep.equal([200, 'ledger', null, '只知道台账']);
    expect((await ask({ code: 'x' })).said).to.include({ source: 'ledger', meaning: '台账也没有' });
    for (let n = 0; n < 6; n += 1) await ask({ code: `y${n}` });
    expect((await ask({ code: 'z' })).said).to.include({ source: 'ledger', reason: 'BREAKER_OPEN' });
  });
  it('is asked about only by terminals with a key, and by questions that name one licence', async () => {
    expect((await ask({ identifier }, 'another-key-0123456789')).status).to.equal(401);
    for (const body of [{}, { identifier, code: 'x' }, { identifier: '' }, { identifier: 7 }, []]) expect((await ask(body)).status, JSON.stringify(body)).to.equal(400);
    expect((await ask({ identifier: 'x'.repeat(5_000) })).status).to.equal(413);
  });
  it('is in no line of the log', () => {
    expect(told.join('\n')).to.not.contain(identifier);
    expect(told).to.not.deep.equal([]);
  });
});
