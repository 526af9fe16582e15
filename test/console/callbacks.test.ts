import { Agent, request as call } from 'node:http';
import { expect } from 'chai';
import { Desk } from '../../adapters/store-sqlite/desk.ts';
import { inboundStore } from '../../adapters/store-sqlite/inbound.ts';
import { openDatabase } from '../../adapters/store-sqlite/schema.ts';
import { callbackRouter } from '../../console/server/callback-router.ts';
import type { CallbackRequest } from '../../src/inbound/callback.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { callbacks, clock, notTheRegions, signed } from '../inbound/spoiled-callbacks.ts';
import { profile, suit } from '../inbound/town-hall.ts';
import { Hall } from './hall.ts';

/** So many in `npm test`: 10,000 take about 4 s. */
const count = Number(process.env['CALLBACKS'] ?? 10_000);

describe('the region’s door of the running console', () => {
  it(`lets none of ${count} changed and repeated callbacks in, keeps nothing of them, and is well afterwards`, async function () {
    this.timeout(count * 6 + 10_000);
    const database = openDatabase(':memory:', 'write');
    const told = new Map<string, number>();
    const hall = await Hall.open({
      doors: [callbackRouter({
        profile: callbacks, resources: profile.resources, store: inboundStore(new Desk(database)), clock, arrived: () => undefined,
        log: (code, facts) => void told.set(`${code} ${facts['reason'] ?? ''}`, (told.get(`${code} ${facts['reason'] ?? ''}`) ?? 0) + 1),
      })],
    });
    const line = new Agent({ keepAlive: true, maxSockets: 1 });
    const kept = (): number => Number(database.prepare('select count(*) as n from inbound').get()?.['n']);
    try {
      const valid = signed([suit('9', 1), suit('8', 1)]);
      expect(await sent(hall.running.url, line, valid)).to.equal(200);
      const before = kept();
      const answers = new Map<number, number>();
      // The console's own paths answer too: a GET of a page is no callback taken, so what counts is what the door says and keeps.
      for (const request of notTheRegions(count, { valid, luck: seededLuck(7), methods: ['PUT', 'PATCH', 'GET', 'DELETE'] })) {
        const status = await sent(hall.running.url, line, request);
        answers.set(status, (answers.get(status) ?? 0) + 1);
      }
      expect([told.get('CALLBACK '), kept() - before], 'the one that was the region’s').to.deep.equal([1, 0]);
      expect([...answers.values()].reduce((sum, one) => sum + one, 0), 'every one was answered').to.equal(count);
      expect([...answers.keys()].filter((status) => status >= 500 || status === 429), 'and none by chance').to.deep.equal([]);
      expect(answers.get(401), 'the door itself turned most away').to.be.greaterThan(count * 0.6);
      expect([...told.keys()].toSorted()).to.deep.equal(['CALLBACK ', 'CALLBACK_REFUSED replayed', 'CALLBACK_REFUSED unsigned']);
      expect(hall.logged, 'nothing went wrong inside').to.deep.equal([]);
      expect((await hall.visitor().ask('GET', '/api/session')).status, 'people are served').to.be.lessThan(500);
      expect(await sent(hall.running.url, line, signed([suit('10', 1)])), 'and so is the region').to.equal(200);
      expect(kept() - before).to.equal(1);
    } finally {
      line.destroy();
      await hall.close();
      database.close();
    }
  });
});

/** Sent as it is over a line that stays open; gives the answer's status. */
function sent(url: string, agent: Agent, { method, path, headers, body }: CallbackRequest): Promise<number> {
  const { hostname, port } = new URL(url);
  const fields = Object.entries(headers).filter((pair): pair is [string, string | string[]] => pair[1] !== undefined);
  return new Promise((resolve, reject) => {
    call({ hostname, port, agent, method, path, headers: { ...Object.fromEntries(fields), 'content-length': body.byteLength } }, (response) => {
      response.on('end', () => resolve(response.statusCode ?? 0)).on('error', reject).resume();
    }).on('error', reject).end(body);
  });
}
