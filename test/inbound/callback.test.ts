import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import { Desk } from '../../adapters/store-sqlite/desk.ts';
import { inboundStore } from '../../adapters/store-sqlite/inbound.ts';
import { openDatabase } from '../../adapters/store-sqlite/schema.ts';
import { callbackRouter } from '../../console/server/callback-router.ts';
import { acceptCallback, type CallbackOutcome, type CallbackRequest } from '../../src/inbound/callback.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { callbacks as profile, clock, notTheRegions, signed } from './spoiled-callbacks.ts';
import { profile as pullProfile, suit, TownHall } from './town-hall.ts';

describe('a callback of the region', () => {
  const database = openDatabase(':memory:', 'write');
  const store = inboundStore(new Desk(database));
  const accept = (request: CallbackRequest): Promise<CallbackOutcome> => acceptCallback({ profile, resources: pullProfile.resources, store, clock }, request);
  const reason = async (request: CallbackRequest): Promise<string> => {
    const outcome = await accept(request);
    return outcome.verdict === 'refused' ? outcome.reason : 'accepted';
  };
  const kept = (): number => Number(database.prepare('select count(*) as n from inbound').get()?.['n']);
  after(() => database.close());

  it('is signed over method, path, body, time and nonce', async () => {
    expect(await accept(signed([suit('1', 1)]))).to.deep.equal({ verdict: 'accepted', resource: 'applications', fresh: 1, repeated: 0 });
    expect(await reason(signed([suit('2', 1)], { secret: 'guessed' }))).to.equal('unsigned');
    expect(await reason({ ...signed([suit('2', 1)]), method: 'PUT' })).to.equal('unsigned');
    expect(await reason({ ...signed([suit('2', 1)]), path: '/callbacks/applications?x=1' })).to.equal('unsigned');
    expect(await reason(signed([suit('2', 1)], { path: '/callbacks/others' }))).to.equal('unsigned');
  });
  it('is refused when it is five minutes old, or from the future', async () => {
    expect(await reason(signed([suit('2', 1)], { offset: -301 }))).to.equal('untimely');
    expect(await reason(signed([suit('2', 1)], { offset: 301 }))).to.equal('untimely');
    expect(await reason(signed([suit('2', 1)], { offset: -299 }))).to.equal('accepted');
  });
  it('is accepted once: a replay is refused, however late', async () => {
    const request = signed([suit('3', 1)]);
    expect(await reason(request)).to.equal('accepted');
    expect(await reason(request)).to.equal('replayed');
    await clock.rest(250_000);
    expect(await reason(request)).to.equal('replayed');
    await clock.rest(400_000);
    expect(await reason(request)).to.equal('untimely');
  });
  it('is refused whole when it is no list of records, and its nonce is not spent', async () => {
    for (const records of [null, 'x', [1], [[]], {}]) expect(await reason(signed(records))).to.equal('unreadable');
    expect(await reason({ ...signed([]), body: Buffer.from([0xc4, 0xe3]) })).to.equal('unsigned');
  });
  it('is not accepted in any of 10,000 mutations and replays', async function () {
    this.timeout(20_000);
    const valid = signed([suit('9', 1), suit('8', 1)]);
    await accept(valid);
    const before = kept();
    let accepted = 0;
    for (const request of notTheRegions(10_000, { valid, luck: seededLuck(7), methods: ['PUT', 'post', 'GET', 'DELETE'] })) {
      if ((await accept(request)).verdict === 'accepted') accepted += 1;
    }
    expect([accepted, kept() - before]).to.deep.equal([0, 0]);
  });
});

describe('a callback and the pull', () => {
  for (const first of ['callback', 'pull'] as const) {
    it(`have the same effect when the ${first} comes first`, async () => {
      const hall = new TownHall(clock);
      const call = (): Promise<CallbackOutcome> => acceptCallback({ profile, resources: pullProfile.resources, store: hall.store, clock }, signed([suit('1', 2, { name: '新' })]));
      hall.feed.issue('applications', suit('1', 1, { name: '旧' }), suit('1', 2, { name: '新' }), suit('2', 1));
      if (first === 'callback') await call();
      await hall.run();
      if (first === 'pull') expect(await call()).to.include({ fresh: 0, repeated: 1 });
      await hall.run();
      expect(hall.rows().map((row) => `${row['ID']} ${row['NAME']}`)).to.deep.equal(['1 新', '2 申请人2']);
      expect((await hall.store.inboundCounts()).filter((one) => one.state === 'applied').map((one) => one.count)).to.deep.equal([2]);
      await hall.end();
    });
  }
});

describe('the door for callbacks', () => {
  let server: Server;
  const told: string[] = [];
  const database = openDatabase(':memory:', 'write');
  before((done) => {
    const app = express().use(callbackRouter({
      profile, resources: pullProfile.resources, store: inboundStore(new Desk(database)), clock, arrived: (resource) => void told.push(`arrived ${resource}`), log: (code, facts) => void told.push(`${code} ${JSON.stringify(facts)}`),
    }));
    server = createServer(app).listen(0, '127.0.0.1', () => done());
  });
  after(() => {
    server.close();
    database.close();
  });
  const post = async (request: CallbackRequest, body: Uint8Array = request.body): Promise<Response> =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${request.path}`, { method: request.method, headers: request.headers as Record<string, string>, body: Buffer.from(body) });

  it('keeps what is signed, says that something has come, and tells a stranger nothing', async () => {
    expect((await post(signed([suit('1', 1)]))).status).to.equal(200);
    expect(told.splice(0)).to.deep.equal(['CALLBACK {"path":"/callbacks/applications","fresh":1,"repeated":0}', 'arrived applications']);
    const refused = await post(signed([suit('2', 1)], { secret: 'guessed' }));
    expect([refused.status, await refused.text()]).to.deep.equal([401, '{"code":"CALLBACK_REFUSED"}']);
    expect(told.splice(0)).to.deep.equal(['CALLBACK_REFUSED {"path":"/callbacks/applications","reason":"unsigned"}']);
  });
  it('has a limit for what it reads', async () => {
    const request = signed([suit('1', 1)]);
    expect((await post(request, new Uint8Array(1_100_000))).status).to.equal(413);
    expect((await post({ ...request, headers: { ...request.headers, 'content-encoding': 'gzip' } })).status).to.equal(415);
  });
});
