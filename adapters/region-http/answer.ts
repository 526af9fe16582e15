import type { AnswerVerdict, InterfaceProfile } from '../../src/port/profile.ts';
import type { Answer, Fate, Receipt } from '../../src/record/receipt.ts';

/** An answer as it came over the wire. */
export interface Wire {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Uint8Array;
}

/** `token`: our access token is no longer good. */
export type Reading = Answer | { readonly verdict: 'token' } | { readonly verdict: 'in-progress' };

/** Reads the region's answer by the profile alone: success is what the body's verdict says, never the HTTP status. */
export function readAnswer(profile: InterfaceProfile, wire: Wire, wallMs: number): Reading {
  const body = decode(wire);
  const code = body === null ? undefined : textAt(body, profile.answer.code);
  if (body === null || code === undefined) return readStatus(profile, wire, wallMs);
  const message = textAt(body, profile.answer.message) ?? '';
  const verdict: AnswerVerdict | undefined = meaningOf(profile.answer.verdicts, code);
  switch (verdict) {
    case 'settled': return settled(profile, body);
    case 'refused': return { verdict, code, message };
    case 'denied': return { verdict, code, reason: message };
    case 'later': return { verdict, restMs: restMs(profile, wire, wallMs), reason: `${code} ${message}` };
    case 'token': return { verdict };
    case 'in-progress': return { verdict };
    case undefined: return { verdict: 'unknown', reason: `ANSWER_CODE_NOT_IN_PROFILE ${code}` };
  }
}

/** Reads what the region says of a batch it was asked after. */
export function readFate(profile: InterfaceProfile, wire: Wire, wallMs: number): Fate | { readonly verdict: 'token' } {
  const reading = readAnswerCode(profile, wire, wallMs);
  if ('otherwise' in reading) return reading.otherwise;
  const state = textAt(reading.body, profile.ask.state);
  const fate = state === undefined ? undefined : meaningOf(profile.ask.states, state);
  if (fate === undefined) return { verdict: 'unknown', reason: 'ASK_STATE_NOT_IN_PROFILE' };
  return fate === 'settled' ? settled(profile, reading.body) : { verdict: fate };
}

function readAnswerCode(profile: InterfaceProfile, wire: Wire, wallMs: number): { body: unknown } | { otherwise: Fate | { verdict: 'token' } } {
  const body = decode(wire);
  const code = body === null ? undefined : textAt(body, profile.answer.code);
  if (code !== undefined && meaningOf(profile.answer.verdicts, code) === 'settled') return { body };
  const reading = readAnswer(profile, wire, wallMs);
  return { otherwise: reading.verdict === 'refused' ? { verdict: 'unknown', reason: `ASK_REFUSED ${reading.code}` } : reading };
}

function readStatus(profile: InterfaceProfile, wire: Wire, wallMs: number): Reading {
  if (wire.status === 429) return { verdict: 'later', restMs: restMs(profile, wire, wallMs), reason: 'HTTP 429' };
  if (wire.status === 401) return { verdict: 'token' };
  if (wire.status === 403) return { verdict: 'denied', code: '403', reason: 'HTTP 403' };
  return { verdict: 'unknown', reason: `ANSWER_UNREADABLE HTTP ${wire.status}` };
}

function settled(profile: InterfaceProfile, body: unknown): Answer {
  const list = at(body, profile.answer.receipts);
  if (!Array.isArray(list)) return { verdict: 'unknown', reason: 'RECEIPTS_MISSING' };
  const names = profile.answer.receipt;
  const receipts: Receipt[] = [];
  for (const item of list as unknown[]) {
    const rowGuid = textAt(item, names.rowGuid);
    const code = textAt(item, names.code);
    const verdict = code === undefined ? undefined : meaningOf(names.verdicts, code);
    if (rowGuid === undefined || code === undefined || verdict === undefined) return { verdict: 'unknown', reason: 'RECEIPT_UNREADABLE' };
    const field = textAt(item, names.field);
    const message = textAt(item, names.message);
    receipts.push({ rowGuid, verdict, code, ...(field === undefined ? {} : { field }), ...(message === undefined ? {} : { message }) });
  }
  return { verdict: 'settled', receipts };
}

/** The body as JSON, or null: wrong charset, broken or truncated text and error pages are all "not an answer". */
function decode(wire: Wire): unknown {
  const charset = /charset="?([\w-]+)/i.exec(wire.headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  try {
    return JSON.parse(new TextDecoder(charset, { fatal: true }).decode(wire.bytes)) as unknown;
  } catch {
    return null;
  }
}

/** What the profile says of a code; the region's words are never taken for anything the language itself knows. */
function meaningOf<T>(meanings: Readonly<Record<string, T>>, code: string): T | undefined {
  return Object.hasOwn(meanings, code) ? meanings[code] : undefined;
}

function at(value: unknown, path: string): unknown {
  let here = value;
  for (const name of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
    here = (here as Record<string, unknown>)[name];
  }
  return here;
}

export function textAt(value: unknown, path: string): string | undefined {
  const found = at(value, path);
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : undefined;
}

/** `Retry-After` in seconds or as a date, between nothing and the profile's cap; 0 when the region says nothing usable. */
export function restMs(profile: InterfaceProfile, wire: Wire, wallMs: number): number {
  const said = wire.headers['retry-after'];
  if (said === undefined) return 0;
  const ms = /^-?\d+$/.test(said.trim()) ? Number(said) * 1000 : Date.parse(said) - wallMs;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), profile.limits.restCapMs) : 0;
}
