import type { AnswerVerdict } from '../../src/port/profile.ts';
import { readAnswer, type Reader } from './answer.ts';
import { readBody } from './body.ts';
import type { Line } from './line.ts';
import { textAt, type Wire } from './place.ts';
import { meaningOf } from './receipts.ts';

/** Something asked of the region that changes nothing there, or nothing that matters twice. */
export interface Question {
  readonly method: string;
  /** Names in it are filled in from `known`. */
  readonly path: string;
  readonly known: Readonly<Record<string, string>>;
  /** In the query of a GET, else in the body. */
  readonly asked: Readonly<Record<string, string | number>>;
}

/** The body of an answer whose code says yes, as it came and as JSON; or what was answered instead. */
export type Reply =
  | { readonly verdict: 'yes'; readonly text: string; readonly body: unknown }
  | { readonly verdict: 'denied'; readonly code: string; readonly reason: string }
  | { readonly verdict: 'later'; readonly restMs: number; readonly reason: string }
  | { readonly verdict: 'unknown'; readonly reason: string };

/** Asks, once more with what was fetched anew when that is no longer good. */
export async function ask(line: Line, question: Question): Promise<Reply> {
  const { method, path, known, asked } = question;
  const query = method === 'GET' ? new URLSearchParams(Object.entries(asked).map(([name, value]) => [name, String(value)])).toString() : '';
  const asking = {
    method, known, path: query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`,
    plain: method === 'GET' ? new Uint8Array() : Buffer.from(JSON.stringify(asked)),
  };
  for (let again = false; ; again = true) {
    const sent = await line.send(asking);
    if ('verdict' in sent) return sent.verdict === 'denied' ? { verdict: 'denied', code: sent.code, reason: sent.code } : { verdict: 'later', restMs: 0, reason: sent.reason };
    const reply = await replyOf(line, sent);
    if (reply.verdict !== 'token') return reply;
    if (again || sent.tokens.size === 0) return { verdict: 'denied', code: line.blamed('TOKEN_NOT_ACCEPTED'), reason: 'TOKEN_NOT_ACCEPTED' };
    await line.forget(sent.tokens);
  }
}

const yes: ReadonlySet<AnswerVerdict | undefined> = new Set(['settled', 'accepted', 'warned', 'in-progress']);

async function replyOf(line: Line, wire: Wire): Promise<Reply | { readonly verdict: 'token' }> {
  const { profile } = line;
  const read = readBody(profile, wire);
  if ('body' in read) {
    const places = typeof profile.answer.code === 'string' ? [profile.answer.code] : profile.answer.code;
    const codes = places.map((place) => textAt({ ...wire, body: read.body }, place));
    if (!codes.includes(undefined) && yes.has(meaningOf(profile.answer.verdicts, codes.join('/')))) return inClear(line, read);
  }
  const reader: Reader = { profile, asked: { rowGuids: [], doubted: false }, wallMs: line.wallMs(), opened: async (body) => body };
  const reading = await readAnswer(reader, wire);
  switch (reading.verdict) {
    case 'token': case 'later': return reading;
    case 'denied': return { ...reading, code: line.blamed(reading.code) };
    case 'refused': return { verdict: 'unknown', reason: `ASK_REFUSED ${reading.code}` };
    case 'in-progress': return { verdict: 'later', restMs: 0, reason: 'IN_PROGRESS' };
    case 'unknown': return reading;
    case 'settled': return { verdict: 'unknown', reason: 'ANSWER_UNREADABLE' };
  }
}

/** A part that came sealed is opened; then the text is that of what is in clear. */
async function inClear(line: Line, { body, text }: { readonly body: unknown; readonly text: string }): Promise<Reply> {
  if (line.profile.answer.opened === undefined) return { verdict: 'yes', text, body };
  const clear = await line.opened(body);
  return { verdict: 'yes', text: JSON.stringify(clear), body: clear };
}
