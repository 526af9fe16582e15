import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sm2 } from 'sm-crypto-v2';
import { Failure } from '../../src/record/failure.ts';

/** A private key as a number, and the point it belongs to; in hex. */
export interface Pair {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** Object identifier of the SM2 curve, 1.2.156.10197.1.301 (GM/T 0006), as it stands in a key. */
const curve = '06082a811ccf5501822d';

/** Reads a private key: PKCS#8 or SEC 1 in PEM (with a passphrase where it is sealed), or 64 hex digits alone. */
export function readPrivateKey(file: string, passphrase: string | undefined): Pair {
  const bytes = bytesOf(file);
  const bare = bytes.toString('latin1').trim();
  if (/^[0-9a-f]{64}$/i.test(bare)) return pairOf(bare.toLowerCase());
  const der = exported(file, () => createPrivateKey({ key: bytes, ...(passphrase === undefined ? {} : { passphrase }) }), 'pkcs8');
  const number = /0201010420([0-9a-f]{64})/.exec(der)?.[1];
  if (!der.includes(curve) || number === undefined) throw new Failure('KEY_NOT_SM2', { file });
  return pairOf(number);
}

/** Reads a public key: a PEM key, a certificate, or 128 or 130 hex digits alone. */
export function readPublicKey(file: string): string {
  const bytes = bytesOf(file);
  const text = bytes.toString('latin1').trim();
  if (/^[0-9a-f]{128,130}$/i.test(text)) return publicPoint(text, file);
  const der = exported(file, () => (text.includes('BEGIN CERTIFICATE') ? new X509Certificate(bytes).publicKey : createPublicKey(bytes)), 'spki');
  const point = /034200(04[0-9a-f]{128})$/.exec(der)?.[1];
  if (!der.includes(curve) || point === undefined) throw new Failure('KEY_NOT_SM2', { file });
  return publicPoint(point, file);
}

/** A point written in hex, with or without the leading 04; a Failure when it is not on the curve. */
export function publicPoint(hex: string, name: string): string {
  const point = (hex.length === 128 ? `04${hex}` : hex).toLowerCase();
  if (point.length !== 130 || !point.startsWith('04') || !onCurve(point)) throw new Failure('KEY_NOT_SM2', { file: name });
  return point;
}

function onCurve(point: string): boolean {
  try {
    return sm2.verifyPublicKey(point);
  } catch {
    return false;
  }
}

function pairOf(privateKey: string): Pair {
  return { privateKey, publicKey: sm2.getPublicKeyFromPrivateKey(privateKey) };
}

/** What OpenSSL makes of a file; a wrong passphrase and a broken file are told apart, neither says what is in it. */
function exported(file: string, read: () => KeyObject, type: 'pkcs8' | 'spki'): string {
  try {
    return read().export({ type, format: 'der' }).toString('hex');
  } catch (cause) {
    const code = (cause as { code?: string }).code ?? 'unknown';
    if (/BAD_DECRYPT|PASSPHRASE|INTERRUPTED|PASSWORD/i.test(code)) throw new Failure('KEY_PASSPHRASE_WRONG', { file });
    throw new Failure('KEY_UNREADABLE', { file, reason: code });
  }
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Failure('KEY_FILE_UNREADABLE', { file, reason: (cause as { code?: string }).code ?? 'unknown' });
  }
}
