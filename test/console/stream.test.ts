import { request, type IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { Hall, type Visitor } from './hall.ts';

describe('the live figures', () => {
  it('come as events when something has moved, and say when the session has ended', async () => {
    const hall = await Hall.open();
    await hall.setUp();
    const operator = await hall.as('operator');
    const { response, events } = await follow(hall, operator);
    expect(response.headers['content-type']).to.equal('text/event-stream; charset=utf-8');
    await seen(events, 'overview');
    expect(JSON.parse(events.find((one) => one.event === 'overview')?.data ?? '{}')).to.deep.include({ auditWell: true });
    await seen(events, 'ended');
    // A still house is told once, not every second.
    expect(events.filter((one) => one.event === 'overview')).to.have.length(1);
    await hall.close();
  });
});

interface Event { readonly event: string; readonly data: string }

function follow(hall: Hall, visitor: Visitor): Promise<{ readonly response: IncomingMessage; readonly events: Event[] }> {
  const { hostname, port } = new URL(hall.running.url);
  const events: Event[] = [];
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: '/api/stream', headers: { cookie: visitor.cookie ?? '' } }, (response) => {
      let rest = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        const parts = (rest + text).split('\n\n');
        rest = parts.pop() ?? '';
        for (const part of parts) events.push({ event: /^event: (.*)$/m.exec(part)?.[1] ?? '', data: /^data: (.*)$/m.exec(part)?.[1] ?? '' });
      });
      resolve({ response, events });
    }).on('error', reject).end();
  });
}

async function seen(events: readonly Event[], event: string): Promise<void> {
  while (!events.some((one) => one.event === event)) await new Promise((resolve) => setImmediate(resolve));
}
