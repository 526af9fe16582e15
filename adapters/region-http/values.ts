import { createCipheriv, createDecipheriv, createHmac, hash, randomBytes } from 'node:crypto';
import type { KeyRing, Sm2Key } from '../../src/port/sm2-key.ts';
import type { CipherName, OpenRule, SealRule, Spelling, ValueRule } from '../../src/port/profile-value.ts';
import { Failure } from '../../src/record/failure.ts';
import { timeText } from './moment.ts';
import type { Maker, Scope, Worth } from './scope.ts';

/** What values are made with, for one request. */
export interface Making {
  readonly keys: KeyRing;
  /** By the clock that signatures follow. */
  readonly wallMs: number;
  /** A value never used before. */
  readonly nonce: string;
}

/** Works out a profile's values by their rules. */
export function valueMaker(rules: Readonly<Record<string, ValueRule>>, making: Making): Maker {
  return (name, scope) => (Object.hasOwn(rules, name) ? valueOf(rules[name] as ValueRule, scope, making) : undefined);
}

async function valueOf(rule: ValueRule, scope: Scope, making: Making): Promise<Worth> {
  if ('text' in rule) return scope.text(rule.text);
  if ('time' in rule) return timeText(rule.time, making.wallMs);
  if ('random' in rule) return randomText(rule, making.nonce);
  if ('digest' in rule) return spelled(hash(rule.digest, await scope.bytes(rule.of), 'buffer'), rule.as ?? 'hex');
  if ('hmac' in rule) {
    const key = await scope.bytes(rule.key);
    return spelled(createHmac(rule.hmac, key).update(await scope.bytes(rule.of)).digest(), rule.as ?? 'hex');
  }
  if ('sign' in rule) return spelled(await keyNamed(making.keys, rule.with).sign(await scope.bytes(rule.of), rule.form ?? 'der'), rule.as ?? 'base64');
  if ('encrypt' in rule) return sealed(rule, scope, making.keys);
  return opened(rule, scope, making.keys);
}

/** Makes a text unreadable. */
export async function sealed(rule: SealRule, scope: Scope, keys: KeyRing): Promise<string> {
  const plain = await scope.bytes(rule.of);
  const as = rule.as ?? 'hex';
  if (rule.encrypt === 'sm2') return spelled(await keyNamed(keys, rule.with).encrypt(plain, shapeOf(rule)), as);
  const { key, iv } = await cipherKeys(rule, scope);
  const random = rule.iv === 'random' ? randomBytes(16) : null;
  const cipher = createCipheriv(rule.encrypt, key, random ?? iv);
  return spelled(Buffer.concat([random ?? Buffer.alloc(0), cipher.update(plain), cipher.final()]), as);
}

/** Makes it readable again; a Failure `SEAL_BROKEN` when it cannot be. */
export async function opened(rule: OpenRule, scope: Scope, keys: KeyRing): Promise<string> {
  const bytes = Buffer.from(await scope.text(rule.of), encodingOf(rule.as ?? 'hex'));
  try {
    if (rule.decrypt === 'sm2') return Buffer.from(await keyNamed(keys, rule.with).decrypt(bytes, shapeOf(rule))).toString();
    const { key, iv } = await cipherKeys(rule, scope);
    const own = rule.iv === 'random';
    const cipher = createDecipheriv(rule.decrypt, key, own ? bytes.subarray(0, 16) : iv);
    return Buffer.concat([cipher.update(own ? bytes.subarray(16) : bytes), cipher.final()]).toString();
  } catch (cause) {
    if (cause instanceof Failure && cause.code !== 'SEAL_BROKEN') throw cause;
    throw new Failure('SEAL_BROKEN', { by: rule.decrypt });
  }
}

function shapeOf(rule: Extract<SealRule | OpenRule, { with: string }>): Parameters<Sm2Key['encrypt']>[1] {
  return { order: rule.order ?? 'C1C3C2', form: rule.form ?? 'bare' };
}

async function cipherKeys(rule: Exclude<SealRule | OpenRule, { with: string }>, scope: Scope): Promise<{ key: Buffer; iv: Buffer | null }> {
  const spelling = rule.keyAs ?? 'text';
  const read = async (template: string): Promise<Buffer> => Buffer.from(await scope.text(template), spelling === 'text' ? 'utf8' : encodingOf(spelling));
  const name: CipherName = 'encrypt' in rule ? rule.encrypt : rule.decrypt;
  const key = await read(rule.key);
  const bytes = name.startsWith('aes-256') ? 32 : 16;
  if (key.length !== bytes) throw new Failure('CIPHER_KEY_LENGTH', { cipher: name, bytes, found: key.length });
  if (name.endsWith('ecb')) return { key, iv: null };
  const iv = rule.iv === undefined || rule.iv === 'random' ? Buffer.alloc(16) : await read(rule.iv);
  if (iv.length !== 16) throw new Failure('CIPHER_KEY_LENGTH', { cipher: `${name} IV`, bytes: 16, found: iv.length });
  return { key, iv };
}

function keyNamed(keys: KeyRing, name: string): Sm2Key {
  const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
  if (key === undefined) throw new Error(`the profile names the key ${name}, which was not opened`);
  return key;
}

/** Digits and hex are drawn from the nonce, so that whoever hands out nonces decides over all luck. */
function randomText({ random, length }: Extract<ValueRule, { random: string }>, nonce: string): string {
  if (random === 'uuid') return nonce;
  const hex = hash('sha512', nonce);
  const text = random === 'hex' ? hex : BigInt(`0x${hex}`).toString();
  return text.slice(0, length ?? (random === 'hex' ? 32 : 10));
}

function spelled(bytes: Uint8Array, as: Spelling): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(encodingOf(as));
  return as === 'HEX' ? text.toUpperCase() : text;
}

function encodingOf(as: Spelling): 'hex' | 'base64' | 'base64url' {
  return as === 'HEX' ? 'hex' : as;
}
