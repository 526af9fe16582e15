import type { AnswerVerdict, AskRule, HttpProfile } from '../../src/port/profile.ts';
import type { Answer, Fate } from '../../src/record/receipt.ts';
import { Failure } from '../../src/record/failure.ts';
import { readBody } from './body.ts';
import { textAt, type Told, type Wire } from './place.ts';
import { meaningOf, readReceipts, sameForAll, type Asked } from './receipts.ts';

export type { Wire } from './place.ts';

/** `token`: something fetched for the request is no longer good. */
export type Reading = Answer | { readonly verdict: 'token' };

/** What an answer is read by. */
export interface Reader {
  readonly profile: HttpProfile;
  readonly asked: Asked;
  readonly wallMs: number;
  /** Opens what came sealed; the body is given with it in clear. */
  readonly opened: (body: unknown) => Promise<unknown>;
}

/** Reads the region's answer by the profile alone: success is what the profile's place says, never the HTTP status by itself. */
export async function readAnswer(reader: Reader, wire: Wire): Promise<Reading> {
  const told = await toldOf(reader, wire);
  return 'unreadable' in told ? readStatus(reader, wire, told.unreadable) : judged(reader, told);
}

/** Reads what the region says of a batch it was asked after. */
export async function readFate(reader: Reader, rule: Exclude<AskRule, { cannot: string }>, wire: Wire): Promise<Fate | { readonly verdict: 'token' }> {
  const told = await toldOf(reader, wire);
  if ('unreadable' in told) return asQuestion(readStatus(reader, wire, told.unreadable));
  const code = codeOf(reader.profile, told);
  const verdict = code === undefined ? undefined : meaningOf(reader.profile.answer.verdicts, code);
  if (verdict === undefined || !answered.has(verdict)) return asQuestion(judged(reader, told));
  const state = textAt(told, rule.state);
  const fate = state === undefined ? undefined : meaningOf(rule.states, state);
  if (fate === undefined) return { verdict: 'unknown', reason: 'ASK_STATE_NOT_IN_PROFILE' };
  return fate === 'settled' ? settled(reader, told) : { verdict: fate };
}

/** Codes by which a question has been answered: the same one can mean “taken, not yet done” of a batch that is sent. */
const answered: ReadonlySet<AnswerVerdict> = new Set(['settled', 'accepted', 'warned', 'in-progress']);

/** A question refused says nothing of the batch. */
function asQuestion(reading: Reading): Reading {
  return reading.verdict === 'refused' ? { verdict: 'unknown', reason: `ASK_REFUSED ${reading.code}` } : reading;
}

async function toldOf({ profile, opened }: Reader, wire: Wire): Promise<Told | { readonly unreadable: string }> {
  const read = readBody(profile, wire);
  // Where the verdict stands in a header or the status, a body that cannot be read takes nothing away from it.
  if ('unreadable' in read) return codeOf(profile, { ...wire, body: null }) === undefined ? read : { ...wire, body: null };
  try {
    return { ...wire, body: await opened(read.body) };
  } catch (cause) {
    if (cause instanceof Failure) return { unreadable: cause.code };
    throw cause;
  }
}

function codeOf({ answer }: HttpProfile, told: Told): string | undefined {
  const places = typeof answer.code === 'string' ? [answer.code] : answer.code;
  const codes = places.map((place) => textAt(told, place));
  return codes.includes(undefined) ? undefined : codes.join('/');
}

function judged(reader: Reader, told: Told): Reading {
  const { profile, asked } = reader;
  const code = codeOf(profile, told);
  if (code === undefined) return readStatus(reader, told, 'ANSWER_UNREADABLE');
  const message = textAt(told, profile.answer.message) ?? '';
  const verdict: AnswerVerdict | undefined = meaningOf(profile.answer.verdicts, code);
  switch (verdict) {
    case 'settled': return settled(reader, told);
    case 'accepted': case 'warned': return { verdict: 'settled', receipts: sameForAll(verdict, { code, message }, asked) };
    case 'duplicate': return asked.doubted ? { verdict: 'settled', receipts: sameForAll('accepted', { code, message }, asked) } : { verdict: 'refused', code, message };
    case 'refused': return { verdict, code, message };
    case 'denied': return { verdict, code, reason: message };
    case 'later': return { verdict, restMs: restMs(profile, told, reader.wallMs), reason: `${code} ${message}` };
    case 'token': case 'in-progress': return { verdict };
    case 'unknown': return { verdict, reason: `ANSWER_SAYS_UNKNOWN ${code}` };
    case undefined: return { verdict: 'unknown', reason: `ANSWER_CODE_NOT_IN_PROFILE ${code}` };
  }
}

function settled({ profile, asked }: Reader, told: Told): Answer {
  if (profile.answer.receipts === undefined) return { verdict: 'settled', receipts: sameForAll('accepted', { code: '', message: '' }, asked) };
  const read = readReceipts(profile.answer, told.body, asked);
  return 'unreadable' in read ? { verdict: 'unknown', reason: read.unreadable } : { verdict: 'settled', receipts: read.receipts };
}

/** Of an answer without a code its status is all there is to go by; a refusal of the whole needs the region's own words. */
function readStatus({ profile, wallMs }: Reader, wire: Wire, why: string): Reading {
  const status = String(wire.status);
  const verdict = meaningOf(profile.answer.statuses ?? {}, status) ?? meaningOf(byStatus, status);
  switch (verdict) {
    case 'later': return { verdict, restMs: restMs(profile, wire, wallMs), reason: `HTTP ${status}` };
    case 'token': return { verdict };
    case 'denied': return { verdict, code: status, reason: `HTTP ${status}` };
    case 'refused': return { verdict, code: status, message: '' };
    default: return { verdict: 'unknown', reason: `${why} HTTP ${status}` };
  }
}

const byStatus: Readonly<Record<string, AnswerVerdict>> = { 429: 'later', 401: 'token', 403: 'denied' };

/** `Retry-After` in seconds or as a date, between nothing and the profile's cap; 0 when the region says nothing usable. */
export function restMs(profile: HttpProfile, wire: Pick<Wire, 'headers'>, wallMs: number): number {
  const said = wire.headers['retry-after'];
  if (said === undefined) return 0;
  const ms = /^-?\d+$/.test(said.trim()) ? Number(said) * 1000 : Date.parse(said) - wallMs;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), profile.limits.restCapMs) : 0;
}
