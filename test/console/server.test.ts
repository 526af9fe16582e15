import { request } from 'node:http';
import { expect } from 'chai';
import type { Figures } from '../../console/server/figures.ts';
import { sharedReading } from '../../console/server/shared-reading.ts';
import { startConsole, type RunningConsole } from '../../console/server/server.ts';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

const calm: Figures = { site: '某旗', at: 0, datasets: [], breaker: { state: 'closed', since: null, reason: null } };

describe('the console’s server', () => {
  const logged: string[] = [];
  let answer: () => Promise<Figures> = async () => calm;
  let running: RunningConsole;

  before(async () => {
    running = await startConsole({ port: 0, host: '127.0.0.1', figures: () => answer(), log: (code) => void logged.push(code) });
  });
  after(() => running.close());
  beforeEach(() => {
    answer = async () => calm;
    logged.length = 0;
  });

  it('shows the overview in Chinese, and in English when asked', async () => {
    expect((await ask('/')).body).to.include('<html lang="zh-CN">').and.include('总览');
    expect((await ask('/?lang=en')).body).to.include('<html lang="en">').and.include('Overview');
  });
  it('gives the figures to machines', async () => {
    expect(JSON.parse((await ask('/api/figures')).body)).to.deep.include({ figures: calm });
  });
  it('allows only its own files to a page, and does not say what it is built with', async () => {
    const { headers } = await ask('/');
    expect(headers['content-security-policy']).to.include("default-src 'none'").and.not.include('unsafe');
    expect(headers['x-content-type-options']).to.equal('nosniff');
    expect(headers['x-powered-by']).to.equal(undefined);
  });
  it('has no script or style inside the page', async () => {
    expect((await ask('/')).body).to.not.match(/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/);
  });
  it('answers only under a name of this machine', async () => {
    expect((await ask('/', { host: 'evil.example' })).status).to.equal(421);
  });
  it('only lets itself be read', async () => {
    expect((await ask('/api/figures', {}, 'POST')).status).to.equal(405);
  });
  it('says that it does not know a page', async () => {
    expect((await ask('/../gateway.yaml')).status).to.equal(404);
  });
  it('says so on the page and to machines when the books cannot be read, and logs the code', async () => {
    answer = () => Promise.reject(new Error('disk'));
    expect((await ask('/')).body).to.include('FIGURES_UNAVAILABLE');
    expect((await ask('/healthz')).status).to.equal(503);
    expect(logged).to.deep.equal(['FIGURES_UNAVAILABLE', 'FIGURES_UNAVAILABLE']);
  });
  it('reads the books once for visitors who come at the same time, and again for the next', async () => {
    let readings = 0;
    const gate = Promise.withResolvers<number>();
    const read = sharedReading(() => {
      readings += 1;
      return gate.promise;
    });
    const both = Promise.all([read(), read()]);
    gate.resolve(7);
    expect(await both).to.deep.equal([7, 7]);
    expect(readings).to.equal(1);
    await read();
    expect(readings).to.equal(2);
  });
  it('refuses to listen where others could reach it', async () => {
    const refusal = await startConsole({ port: 0, host: '0.0.0.0', figures: answer, log: () => undefined }).catch((error: unknown) => error);
    expect(refusal).to.include({ code: 'CONSOLE_NOT_LOOPBACK' });
  });

  function ask(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Reply> {
    const url = new URL(running.url);
    return new Promise((resolve, reject) => {
      const call = request({ host: url.hostname, port: url.port, path, method, headers: { ...headers } }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString('utf8') }));
      });
      call.on('error', reject).end();
    });
  }
});
