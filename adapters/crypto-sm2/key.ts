import { sm2 } from 'sm-crypto-v2';
import { defaultUserId, type CipherShape, type SignatureForm, type Sm2Key } from '../../src/port/sm2-key.ts';
import type { KeyRule } from '../../src/port/profile-value.ts';
import { Failure } from '../../src/record/failure.ts';
import { publicPoint, readPrivateKey, readPublicKey, type Pair } from './key-file.ts';

type FileKey = Extract<KeyRule, { sm2: 'private' | 'public' }>;

/** An SM2 key kept in a file of ours. */
export function openKey(name: string, rule: FileKey): Sm2Key {
  const userId = rule.userId ?? defaultUserId;
  if (rule.sm2 === 'private') return keyOf(name, readPrivateKey(rule.file, rule.passphrase), userId);
  if (rule.hex !== undefined) return keyOf(name, { publicKey: publicPoint(rule.hex, name) }, userId);
  if (rule.file !== undefined) return keyOf(name, { publicKey: readPublicKey(rule.file) }, userId);
  throw new Failure('KEY_NOT_SM2', { file: name });
}

/**
 * Signatures follow GB/T 32918.2 with the user id mixed in (node:crypto mixes in none, and nobody who keeps the standard
 * would take them). The library has no promise of constant time: whoever may watch this machine's clock belongs to us.
 */
export function keyOf(name: string, pair: Partial<Pair> & Pick<Pair, 'publicKey'>, userId = defaultUserId): Sm2Key {
  const { privateKey, publicKey } = pair;
  const point = sm2.precomputePublicKey(publicKey);
  const own = (): string => {
    if (privateKey === undefined) throw new Failure('KEY_PUBLIC_ONLY', { key: name });
    return privateKey;
  };
  return {
    sign: async (message, form) => Buffer.from(sm2.doSignature(message, own(), { hash: true, der: form === 'der', publicKey, userId }), 'hex'),
    verify: async (message, signature, form) => verified(message, signature, { form, point, userId }),
    encrypt: async (plain, shape) => {
      const sealed = sm2.doEncrypt(plain, point, modeOf(shape), { asn1: shape.form === 'der' });
      return Buffer.from(shape.form === '04' ? `04${sealed}` : sealed, 'hex');
    },
    decrypt: async (sealed, shape) => opened(sealed, shape, own()),
  };
}

function verified(message: Uint8Array, signature: Uint8Array, about: { readonly form: SignatureForm; readonly point: ReturnType<typeof sm2.precomputePublicKey>; readonly userId: string }): boolean {
  try {
    return sm2.doVerifySignature(message, Buffer.from(signature).toString('hex'), about.point, { hash: true, der: about.form === 'der', userId: about.userId });
  } catch {
    return false;
  }
}

function opened(sealed: Uint8Array, shape: CipherShape, privateKey: string): Uint8Array {
  const hex = Buffer.from(sealed).toString('hex');
  let plain: Uint8Array;
  try {
    plain = sm2.doDecrypt(shape.form === '04' ? hex.slice(2) : hex, privateKey, modeOf(shape), { output: 'array', asn1: shape.form === 'der' });
  } catch {
    throw new Failure('SEAL_BROKEN', { by: 'sm2' });
  }
  // The library gives nothing when the check value does not fit; nothing is never what was sealed.
  if (plain.length === 0) throw new Failure('SEAL_BROKEN', { by: 'sm2' });
  return plain;
}

function modeOf({ order }: CipherShape): 0 | 1 {
  return order === 'C1C3C2' ? 1 : 0;
}
