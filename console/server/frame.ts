import type { Request, RequestHandler, Response } from 'express';
import type { AuditResult, AuditTrail } from '../../src/port/audit.ts';
import type { Clock } from '../../src/port/clock.ts';
import { Failure } from '../../src/record/failure.ts';
import type { Texts } from '../../src/cli/texts.ts';
import { fitsCsrf, identityOf, noteUse, tokenIn, type SessionParts } from './access/sessions.ts';
import type { Act, Answer, Asked, Handlers } from './asked.ts';
import type { Operation } from './description.ts';
import { isLoopback } from './guard.ts';
import { Refusal } from './refusal.ts';
import { reply, replyRefusal } from './reply.ts';

/** What every request goes through. */
export interface FrameParts {
  readonly sessions: SessionParts;
  readonly trail: AuditTrail;
  readonly clock: Clock;
  readonly words: (language: unknown) => Texts;
  readonly handlers: Handlers;
  /** Told a code and where; never personal data. */
  readonly log: (code: string, facts: Readonly<Record<string, string>>) => void;
  readonly count: (operation: string, status: number, seconds: number) => void;
  /** Of logins turned away because too many came at once, not yet in the audit. */
  readonly turnedAway: { count: number; writtenAt: number };
}

/** Operations that do not move the end of idleness on: pages ask for them by themselves. */
const idle = new Set(['getSession', 'getStream', 'getOverview', 'logOut']);

/**
 * One operation, from the door to the answer: who asks, whether they may, whether what they say can be understood; then an
 * act is written to the audit, and only then done. A refusal of an act is written to the audit too.
 */
export function handlerOf(operation: Operation, parts: FrameParts): RequestHandler {
  return async (request, response) => {
    const began = parts.clock.steadyMs();
    response.once('finish', () => parts.count(operation.id, response.statusCode, (parts.clock.steadyMs() - began) / 1000));
    const asked = await askedOf(operation, request, { response, parts });
    const note = new Note(operation, asked, parts);
    try {
      await check(operation, asked, parts);
      reply(response, await answerOf(operation, asked, { parts, note }), asked.secure);
    } catch (cause) {
      await note.refused(cause).catch((unwritten: unknown) => parts.log('AUDIT_UNWRITTEN', { operation: operation.id, reason: nameOf(unwritten) }));
      if (!(cause instanceof Failure)) parts.log('UNFORESEEN', { operation: operation.id, reason: nameOf(cause), at: placeOf(cause) });
      replyRefusal(response, cause, asked.texts);
    }
  };
}

async function askedOf(operation: Operation, request: Request, { response, parts }: { readonly response: Response; readonly parts: FrameParts }): Promise<Asked> {
  const secure = request.secure;
  return {
    operation: operation.id, who: await identityOf(tokenIn(request.headers.cookie, secure), parts.sessions),
    address: request.socket.remoteAddress ?? '', secure, path: { ...request.params } as Asked['path'], query: { ...request.query } as Asked['query'],
    body: request.body as unknown, texts: parts.words(request.headers['accept-language']), request, response,
  };
}

/** In this order: signed in, from our own pages, allowed, understood. */
async function check(operation: Operation, asked: Asked, parts: FrameParts): Promise<void> {
  const { permissions } = operation;
  if (permissions.includes('machine') && !isLoopback(asked.address)) throw new Refusal(403, 'NOT_ALLOWED');
  if (!permissions.includes('public') && !permissions.includes('machine')) checkRight(operation, asked);
  if (asked.who !== null && operation.method !== 'get' && !permissions.includes('public') && !fitsCsrf(asked.request.headers['x-csrf'], asked.who)) throw new Refusal(403, 'NOT_FROM_OUR_PAGES');
  if (operation.method !== 'get' && !ownOrigin(asked.request)) throw new Refusal(403, 'NOT_FROM_OUR_PAGES');
  for (const [checks, value] of [[operation.checkPath, asked.path], [operation.checkQuery, asked.query], [operation.checkBody, asked.body]] as const) {
    if (checks !== null && !checks(value ?? {})) {
      const [fault] = checks.errors ?? [];
      throw new Refusal(422, 'REQUEST_WRONG', { where: fault?.instancePath.slice(1) || String(fault?.params['missingProperty'] ?? fault?.params['additionalProperty'] ?? '') || '—', why: fault?.keyword ?? '' });
    }
  }
  if (asked.who !== null && !idle.has(operation.id) && !byItself(asked.request)) await noteUse(asked.who, parts.sessions);
}

function checkRight({ permissions }: Operation, { who }: Asked): void {
  if (who === null) throw new Refusal(401, 'NOT_SIGNED_IN');
  if (permissions.includes('self')) return;
  if (who.session.stage !== 'full') throw new Refusal(403, 'SESSION_UNFINISHED');
  if (!permissions.some((one) => who.permissions.includes(one))) throw new Refusal(403, 'NOT_ALLOWED');
}

/** A page says so when it reads by itself; whoever claims it wrongly only shortens their own session. */
function byItself(request: Request): boolean {
  return request.headers['x-by-itself'] === '1';
}

/** Browsers say from where a request comes; whoever is no browser says nothing. */
function ownOrigin(request: Request): boolean {
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined || origin === `${request.protocol}://${request.headers.host ?? ''}`;
}

async function answerOf(operation: Operation, asked: Asked, { parts, note }: { readonly parts: FrameParts; readonly note: Note }): Promise<Answer> {
  const { reads = {}, acts = {} } = parts.handlers;
  if (!operation.act) {
    const read = reads[operation.id];
    if (read === undefined) throw new Refusal(501, 'NOT_YET');
    const answer = await read(asked);
    if (operation.audited) await note.write('done', { object: asked.request.path });
    return answer;
  }
  const prepare = acts[operation.id];
  if (prepare === undefined) throw new Refusal(501, 'NOT_YET');
  const act = await prepare(asked);
  await note.write('done', act);
  return act.perform();
}

/** The one entry of the audit that each act gets; a second only when what was begun goes wrong. */
class Note {
  readonly #operation: Operation;
  readonly #asked: Asked;
  readonly #parts: FrameParts;
  #about: Pick<Act, 'object' | 'actor'> | null = null;

  constructor(operation: Operation, asked: Asked, parts: FrameParts) {
    this.#operation = operation;
    this.#asked = asked;
    this.#parts = parts;
  }

  async write(result: AuditResult, about: Pick<Act, 'object' | 'actor' | 'before' | 'after'>, code: string | null = null): Promise<void> {
    const { who, address, body } = this.#asked;
    try {
      await this.#parts.trail.append({
        at: this.#parts.clock.wallMs(), actor: who?.account.login ?? about.actor?.login ?? '', role: who?.role ?? about.actor?.role ?? '', address,
        action: this.#operation.id, object: about.object, result, code, reason: reasonIn(body) ?? reasonBeside(this.#asked.request), before: about.before ?? null, after: about.after ?? null,
      });
    } catch (cause) {
      throw new Refusal(503, 'AUDIT_UNWRITTEN', { reason: nameOf(cause) });
    }
    this.#about = about;
  }

  /** Nobody's refused readings are not written: anybody could fill the disk with them. */
  async refused(cause: unknown): Promise<void> {
    const code = cause instanceof Failure ? cause.code : 'UNFORESEEN';
    if (code === 'AUDIT_UNWRITTEN') return;
    if (code === 'TOO_MANY_LOGINS') {
      await this.#turnedAway();
      return;
    }
    if (this.#about !== null) await this.write('failed', { ...this.#about }, code);
    else if (this.#operation.audited || this.#denied(cause)) await this.write('refused', { object: this.#asked.request.path.slice(0, 200) }, code);
  }

  /** One entry a minute with their number: a flood must not cost a sync each. */
  async #turnedAway(): Promise<void> {
    const { turnedAway, clock } = this.#parts;
    turnedAway.count += 1;
    if (clock.wallMs() - turnedAway.writtenAt < 60_000) return;
    const { count } = turnedAway;
    turnedAway.count = 0;
    turnedAway.writtenAt = clock.wallMs();
    await this.write('refused', { object: 'logins', after: { count } }, 'TOO_MANY_LOGINS');
  }

  #denied(cause: unknown): boolean {
    return this.#asked.who !== null && cause instanceof Refusal && cause.status === 403;
  }
}

function reasonIn(body: unknown): string | null {
  return typeof body === 'object' && body !== null && 'reason' in body && typeof body.reason === 'string' ? body.reason.slice(0, 200) : null;
}

/** A sheet's reason comes beside it, percent-encoded. */
function reasonBeside(request: Request): string | null {
  const given = request.headers['reason'];
  try {
    return typeof given === 'string' ? decodeURIComponent(given).slice(0, 200) : null;
  } catch {
    return null;
  }
}

function nameOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  return 'code' in cause ? String(cause.code) : cause.name;
}

/** The first of our own lines in the stack: where, never what. */
function placeOf(cause: unknown): string {
  const line = cause instanceof Error ? (cause.stack ?? '').split('\n').find((one) => one.includes('.ts:')) : undefined;
  return /([\w-]+\.ts:\d+)/.exec(line ?? '')?.[1] ?? '';
}

