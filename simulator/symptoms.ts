import type { Answer } from './answer.ts';
import { gbkSentence } from './gbk-sentence.ts';
import { flagOf, numberOf, textOf } from './illness.ts';
import type { Illness } from './illness.ts';

/** An answer on its way out: what HTTP will carry. */
export interface Wire {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** How the bytes go out. `whole` is health; the others end badly for whoever trusts them. */
export type Manner =
  | { readonly manner: 'whole' }
  | { readonly manner: 'nothing' }
  | { readonly manner: 'reset' }
  | { readonly manner: 'drip'; readonly bytes: number; readonly everyMs: number }
  | { readonly manner: 'cut'; readonly keep: number; readonly withLength: boolean }
  | { readonly manner: 'flood'; readonly bytes: number };

const page = '<!DOCTYPE html><html><head><title>系统维护</title></head><body><h1>系统维护中，请稍后访问</h1></body></html>';
const json = { 'content-type': 'application/json; charset=utf-8' };

/** A healthy answer. */
export function wireOf(answer: Answer): Wire {
  return { status: answer.status, headers: json, body: Buffer.from(answer.text) };
}

/** What an ill region says instead of doing or telling what it did; null for illnesses of another sort. */
export function instead(illness: Illness, call: { readonly path: string; readonly nowMs: number }): Wire | null {
  switch (illness.kind) {
    case '429':
    case '500':
    case '502':
    case '503':
    case '504':
      return { status: Number(illness.kind), headers: { ...json, ...retryAfter(illness, call.nowMs) }, body: said(Number(illness.kind), '系统繁忙') };
    case 'code': {
      const code = numberOf(illness, 'code', 403);
      return { status: numberOf(illness, 'status', 200), headers: json, body: said(code, textOf(illness, 'message', '无权访问')) };
    }
    case 'html200':
      return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(page) };
    case 'redirect':
      return { status: 302, headers: { location: textOf(illness, 'location', call.path) }, body: Buffer.alloc(0) };
    default:
      return null;
  }
}

/** Whether what was asked is done before the answer goes wrong; damage to an answer always comes after. */
export function commits(illness: Illness): boolean {
  return flagOf(illness, 'commit', false);
}

/** The answer's text after the illness; for illnesses that leave it alone, as it was. */
export function spoil(wire: Wire, illness: Illness): Wire {
  switch (illness.kind) {
    case 'gbk':
      return { ...wire, body: gbkSentence };
    case 'broken-json':
      return { ...wire, body: Buffer.concat([wire.body.subarray(0, Math.max(1, wire.body.length - 7)), Buffer.from(',,]')]) };
    case 'shape':
      return { ...wire, body: Buffer.from(`{"status":"ok","result":${wire.body.toString('utf8').replace('"receipts"', '"list"')}}`) };
    default:
      return wire;
  }
}

/** How an ill region sends; the last illness that has a say decides. */
export function mannerOf(struck: readonly Illness[], wire: Wire): Manner {
  return struck.reduce<Manner>((manner, illness) => mannerUnder(illness, wire) ?? manner, { manner: 'whole' });
}

function mannerUnder(illness: Illness, wire: Wire): Manner | null {
  switch (illness.kind) {
    case 'hang':
      return { manner: 'nothing' };
    case 'reset-after-commit':
      return { manner: 'reset' };
    case 'drip':
      return { manner: 'drip', bytes: numberOf(illness, 'bytes', 1), everyMs: numberOf(illness, 'everyMs', 1000) };
    case 'truncated':
      return { manner: 'cut', keep: numberOf(illness, 'keep', Math.floor(wire.body.length / 2)), withLength: flagOf(illness, 'withLength', true) };
    case 'huge':
      return { manner: 'flood', bytes: numberOf(illness, 'bytes', 67_108_864) };
    default:
      return null;
  }
}

function retryAfter(illness: Illness, nowMs: number): Readonly<Record<string, string>> {
  const seconds = illness.params['retryAfterDate'];
  if (typeof seconds === 'number') return { 'retry-after': new Date(nowMs + seconds * 1000).toUTCString() };
  const given = illness.params['retryAfter'];
  return typeof given === 'number' || typeof given === 'string' ? { 'retry-after': String(given) } : {};
}

function said(code: number, message: string): Buffer {
  return Buffer.from(JSON.stringify({ code, message }));
}
