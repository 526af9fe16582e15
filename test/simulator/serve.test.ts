import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe('the simulator as a program', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`says where it listens in one line, and ends cleanly on ${signal}`, async () => {
      const data = mkdtempSync(join(tmpdir(), 'region-'));
      const child = spawn(process.execPath, [join(import.meta.dirname, '../../simulator/serve.ts'), '--port', '0', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] });
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const url = /^simulator listening on (http:\/\/127\.0\.0\.1:\d+)\n$/u.exec(line.toString())?.[1];
      expect((await fetch(`${url}/sim/state`)).status).to.equal(200);
      child.kill(signal);
      const [code, by] = (await once(child, 'exit')) as [number | null, string | null];
      expect([code, by]).to.deep.equal([0, null]);
      rmSync(data, { recursive: true });
    });
  }
  it('says in one line that its port is taken, and ends', async () => {
    const data = mkdtempSync(join(tmpdir(), 'region-'));
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../simulator/serve.ts'), '--port', port, '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, said }).to.deep.equal({ code: 98, said: `port ${port} is in use by another program\n` });
    other.close();
    rmSync(data, { recursive: true });
  });
});
