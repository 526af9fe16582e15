import { constants, brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { HttpProfile } from '../../src/port/profile.ts';
import type { Wire } from './place.ts';

/** A body as JSON, and its text; or why it is none: then it is no answer, whatever its status. */
export type Body = { readonly body: unknown; readonly text: string } | { readonly unreadable: string };

const pageTypes = /^(?:text\/html|application\/xhtml\+xml|text\/xml|application\/xml)\b/i;
const jsonTypes = /^(?:application\/(?:[\w.-]+\+)?json|text\/(?:json|plain|javascript|x-json)|application\/(?:javascript|octet-stream))\b/i;

/** Reads a body: whole, of a type that can be JSON, in the charset it says, an object. Error pages, wrong charsets and cut-off texts are all no answer. */
export function readBody(profile: Pick<HttpProfile, 'http' | 'limits'>, wire: Wire): Body {
  if (wire.status >= 300 && wire.status < 400) return { unreadable: 'ANSWER_REDIRECTS' };
  const type = wire.headers['content-type'] ?? '';
  const decoded = decode(profile, wire);
  if ('unreadable' in decoded) return decoded;
  const text = textOf(decoded.bytes, /charset="?([\w-]+)/i.exec(type)?.[1] ?? profile.http?.charset ?? 'utf-8');
  if (text === null) return { unreadable: 'ANSWER_CHARSET_WRONG' };
  if (pageTypes.test(type) || /^\s*</.test(text)) return { unreadable: 'ANSWER_IS_A_PAGE' };
  if (type !== '' && !jsonTypes.test(type)) return { unreadable: 'ANSWER_TYPE_WRONG' };
  return parsed(text);
}

/** What it is packed in is taken off, up to the bytes the profile allows: a bomb is no answer. */
function decode(profile: Pick<HttpProfile, 'http' | 'limits'>, { headers, bytes }: Wire): { readonly bytes: Uint8Array } | { readonly unreadable: string } {
  const packing = (headers['content-encoding'] ?? '').trim().toLowerCase();
  if (packing === '' || packing === 'identity') return { bytes };
  const maxOutputLength = profile.http?.decodedBytes ?? profile.limits.answerBytes;
  try {
    if (packing === 'gzip' || packing === 'x-gzip') return { bytes: gunzipSync(bytes, { maxOutputLength }) };
    if (packing === 'deflate') return { bytes: inflateSync(bytes, { maxOutputLength }) };
    if (packing === 'br') return { bytes: brotliDecompressSync(bytes, { maxOutputLength, params: { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: 0 } }) };
  } catch (cause) {
    return { unreadable: (cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'ANSWER_TOO_LARGE' : 'ANSWER_PACKING_BROKEN' };
  }
  return { unreadable: 'ANSWER_PACKING_UNKNOWN' };
}

/** Null when the bytes are not of this charset, or nobody knows it. */
function textOf(bytes: Uint8Array, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function parsed(text: string): Body {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? { body, text } : { unreadable: 'ANSWER_UNREADABLE' };
  } catch {
    return { unreadable: text.trim() === '' ? 'ANSWER_EMPTY' : 'ANSWER_UNREADABLE' };
  }
}
