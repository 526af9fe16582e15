import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { openSource } from '../../../adapters/county-http/source.ts';
import type { Selection, Source } from '../../../src/port/source.ts';
import type { HttpPaging, HttpSetting } from '../../../src/port/source-setting.ts';
import type { Row } from '../../../src/record/change.ts';
import { Failure } from '../../../src/record/failure.ts';
import { certificate, certificates, everySourceSuite, keysOf, readOn, type OpenCounty } from '../../contract-suites/source.ts';
import type { Tables } from '../../fakes/source-in-memory.ts';
import { stillClock } from '../../fakes/still-clock.ts';

type Handle = (url: URL, response: ServerResponse, request: IncomingMessage) => void;

/** A county's system on a free port of this machine. */
class System {
  readonly asked: URL[] = [];
  readonly #server: Server;
  handle: Handle;

  constructor(handle: Handle) {
    this.handle = handle;
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://x');
      this.asked.push(url);
      this.handle(url, response, request);
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => {
      this.#server.listen(0, '127.0.0.1', done);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => {
      this.#server.close(done);
    });
  }
}

function say(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Answers every table in pages of two, whatever it is asked for, by page, cursor or link. */
function paged(tables: Tables): Handle {
  return (url, response) => {
    const rows = (tables[url.pathname.split('/')[2] ?? ''] ?? []).filter((row) => String(row['T'] ?? '') >= (url.searchParams.get('since') ?? ''));
    const from = Number(url.searchParams.get('after') ?? 0) + 2 * (Number(url.searchParams.get('page') ?? 1) - 1);
    const more = from + 2 < rows.length;
    const next = new URL(`${url.pathname}${url.search}`, 'http://x');
    next.searchParams.set('after', String(from + 2));
    say(response, { code: 200, data: { total: rows.length, list: rows.slice(from, from + 2), next: more ? String(from + 2) : null, link: more ? `${next.pathname}${next.search}` : '' } });
  };
}

const pagings: Readonly<Record<string, HttpPaging>> = {
  page: { by: 'page', page: 'page', first: 1, size: 'size', rows: 100 },
  cursor: { by: 'cursor', cursor: 'after', next: 'data.next', rows: 100 },
  link: { by: 'link', next: 'data.link' },
};

describe('a county that answers over HTTP', () => {
  const clock = stillClock();
  const setting = (url: string, paging: HttpPaging, change: Partial<HttpSetting['tables'][string]> = {}): HttpSetting => ({
    engine: 'http', url, headers: { 'x-key': 'geheim' }, timeoutSeconds: 2, mostMiB: 1, zone: '+08:00', verdict: { code: 'code', ok: ['200'] },
    tables: Object.fromEntries(['cert', 'sheet', 'kind'].map((path) => [path, { path, query: {}, records: 'data.list', columns: {}, paging, ...change }])),
  });

  for (const [name, paging] of Object.entries(pagings)) {
    describe(`in pages by ${name}, as every source`, () => everySourceSuite((async (tables) => {
      const system = new System(paged(tables));
      const source = openSource(setting(await system.listen(), paging), clock);
      return {
        source, late: (row) => void tables['cert']?.push(row),
        close: async () => {
          await source.close();
          await system.close();
        },
      };
    }) satisfies OpenCounty, { anew: true }));
  }

  describe('of its own', () => {
    const only: Selection = { ...certificates, children: [], lookups: [] };
    let system: System;
    let source: Source;
    const open = async (handle: Handle, paging: HttpPaging = pagings['page'] ?? { by: 'none' }, change: Partial<HttpSetting['tables'][string]> = {}): Promise<Source> => {
      system = new System(handle);
      source = openSource(setting(await system.listen(), paging, change), clock);
      return source;
    };
    const codeOf = async (asking: Promise<unknown>): Promise<string> => {
      const thrown = await asking.then(() => null, (cause: unknown) => cause);
      expect(thrown).to.be.instanceOf(Failure);
      expect(JSON.stringify(thrown)).to.not.contain('geheim');
      return (thrown as Failure).code;
    };
    const rows = (...ids: readonly string[]): Row[] => ids.map((id) => certificate(id, '2026-11-20 08:00:00'));
    afterEach(async () => {
      await source.close();
      await system.close();
    });

    it('asks only for what has changed since the last whole reading, with the overlap, and keeps no newer time before its last page', async () => {
      const cert = [certificate('A', '2026-11-20 08:00:00'), certificate('B', '2026-11-20 09:00:00'), certificate('C', '2026-11-20 08:30:00'), certificate('Z', '2099-01-01 00:00:00')];
      await open(paged({ cert }), undefined, { since: 'since', total: 'data.total' });
      const pages = await readOn(source, null, 2, 'changes', only);
      expect(pages.slice(0, -1).map((page) => page.cursor)).to.deep.equal(pages.slice(1).map(() => '{"t":""}'));
      const kept = pages.at(-1)?.cursor ?? '';
      expect(kept).to.equal('{"t":"2026-11-20 09:00:00"}');
      cert.push(certificate('D', '2026-11-20 08:45:00'));
      expect(keysOf(await readOn(source, source.rewind(kept, 30), 10, 'changes', only)).toSorted()).to.deep.equal(['B', 'C', 'D', 'Z']);
      expect(system.asked.at(-1)?.searchParams.get('since')).to.equal('2026-11-20 08:30:00');
    });
    it('notices a server that knows nothing of pages', async () => {
      await open((_, response) => say(response, { code: 200, data: { list: rows('A', 'B') } }));
      expect(await codeOf(readOn(source, null, 10, 'sweep', only))).to.equal('PAGES_REPEAT');
    });
    it('notices cursors that go round in a ring', async () => {
      await open((url, response) => say(response, { code: 200, data: { list: rows(`K${system.asked.length}`), next: url.searchParams.get('after') === '1' ? '2' : '1' } }), pagings['cursor']);
      expect(await codeOf(readOn(source, null, 10, 'sweep', only))).to.equal('PAGES_RING');
    });
    it('does not take fewer records than the system speaks of for all of them', async () => {
      await open((url, response) => say(response, { code: 200, data: { total: 3, list: url.searchParams.get('page') === '1' ? rows('A', 'B') : [] } }), undefined, { total: 'data.total' });
      expect(await codeOf(readOn(source, null, 10, 'sweep', only))).to.equal('PAGES_SHORT');
    });
    it('does not follow a link to another machine, nor a redirect', async () => {
      await open((_, response) => say(response, { code: 200, data: { list: rows('A'), link: 'http://elsewhere.example/api/cert' } }), pagings['link']);
      expect(await codeOf(readOn(source, null, 10, 'sweep', only))).to.equal('LINK_ELSEWHERE');
      system.handle = (_, response) => void response.writeHead(302, { location: 'http://elsewhere.example/' }).end();
      expect(await codeOf(readOn(source, null, 10, 'sweep', only))).to.equal('SOURCE_REFUSED');
    });
    it('tells a firewall\'s page, a cut answer, a wrong character set, a huge one and silence apart from records', async () => {
      await open((_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>请登录</html>'));
      const sweep = (): Promise<string> => codeOf(source.sweep(only, null, 10));
      expect(await sweep()).to.equal('ANSWER_NO_JSON');
      system.handle = (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.from([0x22, 0xc6, 0xec, 0x22]));
      expect(await sweep()).to.equal('ANSWER_NO_JSON');
      system.handle = (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '999' }).write('{"code":200,');
        setImmediate(() => response.destroy());
      };
      expect(await sweep()).to.be.oneOf(['SOURCE_LOST', 'SOURCE_AWAY']);
      system.handle = (_, response) => say(response, { code: 200, data: { list: [], fat: 'x'.repeat(2 ** 20) } });
      expect(await sweep()).to.be.oneOf(['SOURCE_LOST', 'SOURCE_AWAY', 'SOURCE_REFUSED']);
      system.handle = (_, response) => say(response, { code: 200, data: {} });
      expect(await sweep()).to.equal('ANSWER_WITHOUT_RECORDS');
    });
    it('reads the verdict in the body and the status: a refusal with status 200 is none of its records', async () => {
      await open((_, response) => say(response, { code: 500, message: '内部错误', data: { list: rows('A') } }));
      const sweep = (): Promise<string> => codeOf(source.sweep(only, null, 10));
      expect(await sweep()).to.equal('SOURCE_REFUSED');
      for (const [status, code] of [[401, 'SOURCE_DENIED'], [403, 'SOURCE_DENIED'], [429, 'SOURCE_AWAY'], [503, 'SOURCE_AWAY']] as const) {
        system.handle = (_, response) => say(response, {}, status);
        expect(await sweep()).to.equal(code);
      }
    });
    it('gives numbers as they are written, values from deeper in a record, and one record by its own path', async () => {
      const body = '{"code":200,"data":{"list":[{"ID":9007199254740993,"T":null,"holder":{"name":"张三","fee":1.10}}]}}';
      await open((_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(body), { by: 'none' }, { columns: { NAME: 'holder.name', KIND: 'holder.fee' }, one: 'cert/{key}' });
      const selection = { ...only, columns: ['NAME', 'KIND'] };
      const [change] = (await source.sweep(selection, null, 10)).changes;
      expect(change?.state === 'present' ? change.row : null).to.deep.equal({ ID: '9007199254740993', T: null, NAME: '张三', KIND: '1.10' });
      expect((await source.one(selection, 'a/b')).state).to.equal('present');
      expect(system.asked.at(-1)?.pathname).to.equal('/api/cert/a%2Fb');
      system.handle = (_, response) => say(response, {}, 404);
      expect(await source.one(selection, 'c')).to.deep.equal({ state: 'gone', key: 'c' });
    });
  });
});
