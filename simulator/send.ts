import type { ServerResponse } from 'node:http';
import { mannerOf, spoil } from './symptoms.ts';
import type { Manner, Wire } from './symptoms.ts';
import type { Illness } from './illness.ts';

/** What a sender needs besides the bytes: its illnesses, the time to print in `Date`, and a way to wait. */
export interface Sending {
  readonly struck: readonly Illness[];
  readonly nowMs: number;
  readonly rest: (ms: number) => Promise<void>;
}

/** Sends an answer, well or badly. */
export async function send(response: ServerResponse, healthy: Wire, sending: Sending): Promise<void> {
  const wire = sending.struck.reduce(spoil, healthy);
  const manner = sending.struck.length === 0 ? { manner: 'whole' as const } : mannerOf(sending.struck, wire);
  const headers = { ...wire.headers, date: httpDate(sending.nowMs) };
  switch (manner.manner) {
    case 'nothing':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'cut':
      return cut(response, { ...wire, headers }, manner);
    case 'drip':
      return drip(response, { ...wire, headers }, { ...manner, rest: sending.rest });
    case 'flood':
      return flood(response, { ...wire, headers }, manner.bytes);
    default:
      response.writeHead(wire.status, { ...headers, 'content-length': wire.body.length });
      response.end(wire.body);
  }
}

/** With a length: the peer is promised more than comes. Without: an answer that ends with the connection, half said. */
function cut(response: ServerResponse, wire: Wire, { keep, withLength }: Extract<Manner, { manner: 'cut' }>): void {
  const { socket } = response;
  if (socket === null) return;
  const length = withLength ? { 'content-length': String(wire.body.length) } : {};
  const head = Object.entries({ ...wire.headers, ...length, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.write(`HTTP/1.1 ${wire.status} OK\r\n${head}\r\n`);
  socket.end(wire.body.subarray(0, keep));
}

async function drip(response: ServerResponse, wire: Wire, pace: { readonly bytes: number; readonly everyMs: number; readonly rest: Sending['rest'] }): Promise<void> {
  response.writeHead(wire.status, { ...wire.headers, 'content-length': wire.body.length });
  for (let at = 0; at < wire.body.length && !response.destroyed; at += pace.bytes) {
    response.write(wire.body.subarray(at, at + pace.bytes));
    await pace.rest(pace.everyMs);
  }
  response.end();
}

/** The true answer first, then white space (valid JSON all the way) up to the size asked for. */
async function flood(response: ServerResponse, wire: Wire, bytes: number): Promise<void> {
  response.writeHead(wire.status, wire.headers);
  response.write(wire.body);
  const blank = Buffer.alloc(65_536, ' ');
  for (let sent = wire.body.length; sent < bytes && !response.destroyed; sent += blank.length) {
    if (!response.write(blank)) await drained(response);
  }
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = (): void => {
    response.off('drain', done).off('close', done);
    resolve();
  };
  response.on('drain', done).on('close', done);
  return promise;
}

let printed = { second: Number.NaN, text: '' };

function httpDate(nowMs: number): string {
  const second = Math.floor(nowMs / 1000);
  if (second !== printed.second) printed = { second, text: new Date(second * 1000).toUTCString() };
  return printed.text;
}
