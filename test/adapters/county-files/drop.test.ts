import { mkdirSync, readdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import express from 'express';
import { openDrop } from '../../../adapters/county-files/drop.ts';
import { openSource } from '../../../adapters/county-files/source.ts';
import { countyRouter } from '../../../console/server/county-router.ts';
import type { FilesSetting, FileTable } from '../../../src/port/source-setting.ts';
import type { Row } from '../../../src/record/change.ts';
import { certificates, everySourceSuite, keysOf, readOn, type OpenCounty } from '../../contract-suites/source.ts';
import { stillClock } from '../../fakes/still-clock.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const table = (name: string): FileTable => ({ file: `${name}-*.jsonl`, format: 'jsonl', charset: 'utf-8', separator: ',', headLine: 1, content: 'full' });
const settingIn = (folder: string): FilesSetting => ({
  engine: 'files', folder, done: join(folder, 'done'), complete: { by: 'flag', ending: '.ok' }, token: 'word', tables: { cert: table('cert'), sheet: table('sheet'), kind: table('kind') },
});

interface Answer { readonly status: number; readonly body: unknown }

/** The door on a free port of this machine. */
async function openDoor(folder: string): Promise<{ readonly post: (path: string, body: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>; readonly arrived: string[]; readonly logged: string[]; close(): void }> {
  const arrived: string[] = [];
  const logged: string[] = [];
  const app = express().use(countyRouter({
    drops: { desk: { drop: openDrop(settingIn(folder), stillClock()), token: 'word' } }, arrived: (source) => void arrived.push(source), log: (code, facts) => void logged.push(JSON.stringify([code, facts])),
  }));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((done) => {
    server.once('listening', done);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    arrived, logged, close: () => void server.close(),
    post: async (path, body, headers = {}) => {
      const answer = await fetch(url + path, { method: 'POST', body, headers: { authorization: 'Bearer word', 'idempotency-key': 'k1', ...headers } });
      return { status: answer.status, body: await answer.json() };
    },
  };
}

describe('records that a county hands in', () => {
  describe('as every source', () => everySourceSuite((async (tables) => {
    const folder = temporaryFolder();
    const door = await openDoor(folder);
    for (const [name, rows] of Object.entries(tables)) {
      // A list of nothing is no handing in; a table without rows begins with one of no key, which is no record.
      const answer = await door.post(`/county/desk/${name}`, JSON.stringify(rows.length === 0 ? [{ none: null }] : rows), { 'idempotency-key': name });
      expect(answer.status).to.equal(202);
    }
    const source = openSource(settingIn(folder), stillClock());
    return {
      source, late: () => undefined,
      close: async () => {
        door.close();
        await source.close();
      },
    };
  }) satisfies OpenCounty));

  describe('at the door', () => {
    let folder: string;
    let door: Awaited<ReturnType<typeof openDoor>>;
    const only = { ...certificates, children: [], lookups: [] };
    const one = (id: string, change: Row = {}): string => JSON.stringify([{ ID: id, T: null, NAME: `证${id}`, KIND: null, ...change }]);
    beforeEach(async () => {
      folder = temporaryFolder();
      door = await openDoor(folder);
    });
    afterEach(() => door.close());

    it('are on disk when 202 is said, and the reading is put in line once', async () => {
      expect(await door.post('/county/desk/cert', one('A'))).to.deep.equal({ status: 202, body: { records: 1, again: false } });
      expect(readdirSync(folder).filter((name) => name.endsWith('.jsonl.ok'))).to.have.length(1);
      expect(await door.post('/county/desk/cert', one('A'))).to.deep.equal({ status: 202, body: { records: 1, again: true } });
      expect(door.arrived).to.deep.equal(['desk']);
      expect(readdirSync(folder)).to.have.length(2);
    });
    it('are refused with 422 under a key that was used for others, also after a restart and when the first have been read and put away', async () => {
      await door.post('/county/desk/cert', one('A'));
      const source = openSource(settingIn(folder), stillClock());
      const kept = (await readOn(source, null, 10, 'changes', only)).at(-1)?.cursor ?? null;
      await readOn(source, kept, 10, 'changes', only);
      await source.close();
      expect(readdirSync(folder)).to.deep.equal(['done']);
      door.close();
      door = await openDoor(folder);
      expect((await door.post('/county/desk/cert', one('B'))).status).to.equal(422);
      expect(await door.post('/county/desk/cert', one('A'))).to.deep.include({ status: 202, body: { records: 1, again: true } });
      expect((await door.post('/county/desk/cert', one('B'), { 'idempotency-key': 'k2' })).status).to.equal(202);
    });
    it('are answered 409 when the same key is being written, and written once', async () => {
      const drop = openDrop(settingIn(folder), stillClock());
      const body = Buffer.from(one('A'));
      const both = await Promise.all([drop.put('cert', 'k', body), drop.put('cert', 'k', body)]);
      expect(both.map((each) => each.state)).to.deep.equal(['kept', 'busy']);
      expect(readdirSync(folder).filter((name) => name.endsWith('.jsonl'))).to.have.length(1);
    });
    it('are refused without the word, without a key, for another table or source, and when they are no list of objects', async () => {
      mkdirSync(folder, { recursive: true });
      const status = async (path: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<number> => (await door.post(path, body, headers)).status;
      expect(await status('/county/desk/cert', one('A'), { authorization: 'Bearer other' })).to.equal(401);
      expect(await status('/county/nobody/cert', one('A'))).to.equal(401);
      expect(await status('/county/desk/payroll', one('A'))).to.equal(404);
      expect(await status('/county/desk/cert', one('A'), { 'idempotency-key': '' })).to.equal(400);
      for (const body of ['', '[]', '[1]', '{"ID":1', '"text"', '[{"ID":1}', '\u{d800}']) expect(await status('/county/desk/cert', body), body).to.equal(400);
      expect(await status('/county/desk/cert', 'x'.repeat(8 * 2 ** 20 + 1))).to.equal(413);
      expect(readdirSync(folder)).to.deep.equal([]);
      expect(door.logged.join()).not.to.match(/证A|word/);
    });
    it('keep their numbers as they were written, one object on each line as well', async () => {
      expect((await door.post('/county/desk/cert', '{"ID":9007199254740993,"NAME":1.10}\n{"ID":2,"NAME":"二"}\n')).body).to.deep.equal({ records: 2, again: false });
      const source = openSource(settingIn(folder), stillClock());
      const { changes } = await source.changes(only, null, 10);
      await source.close();
      expect(changes.map((change) => (change.state === 'present' ? [change.row['ID'], change.row['NAME']] : []))).to.deep.equal([['9007199254740993', '1.10'], [2, '二']]);
      expect(keysOf([{ changes, cursor: '', resume: '', caughtUp: true }])).to.deep.equal(['9007199254740993', '2']);
    });
  });
});
