import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { expect } from 'chai';
import { mailMessenger } from '../../adapters/alarm-mail/messenger.ts';
import { webhookMessenger } from '../../adapters/alarm-webhook/messenger.ts';
import type { Digest } from '../../src/port/alarm.ts';

const digest: Digest = {
  subject: '[某旗] 告警 1 条', text: '· 磁盘只剩 9%\n',
  alarms: [{ id: 1, rule: 'disk', kind: 'disk', severity: 'alarm', subject: 'disk', facts: { percent: 9 }, count: 1, firstAt: 5, lastAt: 5, overAt: null, acknowledged: null }],
};

describe('a digest of alarms', () => {
  it('is posted as JSON, and follows no redirect', async () => {
    const bodies: string[] = [];
    let status = 200;
    const server = createHttpServer((request, response) => {
      request.setEncoding('utf8').on('data', (part: string) => bodies.push(part)).on('end', () => response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const messenger = webhookMessenger(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
    await messenger.send(digest);
    expect(JSON.parse(bodies[0] ?? '')).to.deep.include({ subject: digest.subject, alarms: [{ id: 1, rule: 'disk', kind: 'disk', severity: 'alarm', subject: 'disk', facts: { percent: 9 }, firstAt: 5 }] });
    status = 302;
    expect(await messenger.send(digest).then(() => 'sent', () => 'failed')).to.equal('failed');
    server.close();
    server.closeAllConnections();
  });
  it('is mailed as plain text to everybody named', async () => {
    const said: string[] = [];
    const server = createServer((socket) => {
      let writing = false;
      socket.write('220 here\r\n');
      socket.setEncoding('utf8').on('data', (text: string) => {
        said.push(text);
        if (writing && text.endsWith('\r\n.\r\n')) {
          writing = false;
          socket.write('250 kept\r\n');
        } else if (!writing) {
          writing = text.startsWith('DATA');
          socket.write(writing ? '354 go on\r\n' : text.startsWith('EHLO') ? '250 here\r\n' : text.startsWith('QUIT') ? '221 bye\r\n' : '250 yes\r\n');
        }
      }).on('error', () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await mailMessenger({ server: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, from: 'gateway@example.org', to: ['one@example.org', 'two@example.org'] }).send(digest);
    const whole = said.join('');
    expect(whole).to.include('RCPT TO:<one@example.org>').and.include('RCPT TO:<two@example.org>').and.match(/Content-Type: text\/plain/);
    server.close();
  });
});
