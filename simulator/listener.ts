import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { answer } from './answer.ts';
import type { Answer } from './answer.ts';
import { bytesAtMost } from './batch-body.ts';
import { endured } from './endure.ts';
import { numberOf } from './illness.ts';
import type { Illness } from './illness.ts';
import type { Call, Region } from './region.ts';
import { route } from './routes.ts';
import { send } from './send.ts';
import { commits, instead, wireOf } from './symptoms.ts';

/** The region's ear: reads a request whole, lets the illnesses strike, routes, answers. */
export function listener(region: Region): RequestListener {
  return (request, response) => {
    hear(region, request, response).catch(() => response.destroy());
  };
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

async function hear(region: Region, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { body, size } = await readWhole(request);
  const call = callOf(region, request, { body, size, gone: closed(response) });
  if (call.path.startsWith('/sim/')) {
    if (!loopback.has(request.socket.remoteAddress ?? '')) return void response.destroy();
  } else {
    region.counts.requests += 1;
  }
  const early = call.struck.find((illness) => strikesFirst(illness));
  if (early?.kind === 'reset-before-commit') return void request.socket.resetAndDestroy();
  const refusal = early === undefined ? null : instead(early, call);
  const sending = { struck: call.struck, nowMs: call.nowMs, rest: region.rest };
  if (refusal !== null) return send(response, refusal, { ...sending, struck: [] });
  // A push waits in its own room, where its batch counts as being worked on.
  if (region.player.pushedTo(call.path) === null && !(await endured(region, call))) return;
  const said = await answered(region, call);
  if (said === null || region.closing()) return;
  const late = call.struck.map((illness) => instead(illness, call)).find((wire) => wire !== null);
  return send(response, late ?? wireOf(said), sending);
}

/** Illnesses that keep the region from doing anything at all. */
function strikesFirst(illness: Illness): boolean {
  return illness.kind === 'reset-before-commit' || (instead(illness, { path: '', nowMs: 0 }) !== null && !commits(illness));
}

async function answered(region: Region, call: Call): Promise<Answer | null> {
  try {
    return await route(region, call);
  } catch (error) {
    return region.closing() ? null : answer(500, `[系统]模拟器内部错误：${error instanceof Error ? error.name : 'unknown'}`);
  }
}

function callOf(region: Region, request: IncomingMessage, read: Pick<Call, 'body' | 'size' | 'gone'>): Call {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const struck = path.startsWith('/sim/') ? [] : region.ward.strike({ path, open: region.player.open(path), table: region.player.pushedTo(path) });
  if (struck.some((illness) => illness.kind === 'token')) region.door.tokens.revokeAll();
  const offset = struck.reduce((sum, illness) => sum + (illness.kind === 'clock' ? numberOf(illness, 'offsetSeconds', 0) : 0), 0);
  return {
    method: request.method ?? '', path, query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers: request.headers, struck, nowMs: region.wallMs() + offset * 1000, ...read,
  };
}

/** Reads to the end, so that a caller who sent too much can still be told; what is beyond the limit is counted and let go. */
async function readWhole(request: IncomingMessage): Promise<{ readonly body: Buffer; readonly size: number }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= bytesAtMost * 2) chunks.push(chunk);
  }
  return { body: Buffer.concat(chunks), size };
}

function closed(response: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  response.once('close', () => resolve());
  return promise;
}
