import { createHmac, randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import type { Gate } from './gate.ts';

/** How passwords are kept: scrypt (RFC 7914) behind a gate, with a pepper that is not in the database. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long for an account that is not there: pass null. */
  fits(password: string, kept: string | null): Promise<boolean>;
}

/** OWASP's setting for scrypt: 128 MiB and about half a second each. */
export const strongCost = 2 ** 17;

export function passwordsOf({ gate, pepper, cost }: { readonly gate: Gate; readonly pepper: Buffer; readonly cost: number }): Passwords {
  const derive = (password: string, salt: Buffer, work: number): Promise<Buffer> => new Promise((resolve, reject) => {
    const peppered = createHmac('sm3', pepper).update(password.normalize('NFC')).digest();
    scrypt(peppered, salt, 32, { N: work, r: 8, p: 1, maxmem: 192 * 2 ** 20 }, (cause, key) => (cause === null ? resolve(key) : reject(cause)));
  });
  const nobody = `scrypt$${cost}$8$1$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(32).toString('base64url')}`;
  return {
    hash: (password) => gate.through(async () => {
      const salt = randomBytes(16);
      return `scrypt$${cost}$8$1$${salt.toString('base64url')}$${(await derive(password, salt, cost)).toString('base64url')}`;
    }),
    fits: (password, kept) => gate.through(async () => {
      const [, work = '', , , salt = '', hash = ''] = (kept ?? nobody).split('$');
      const found = await derive(password, Buffer.from(salt, 'base64url'), Number(work));
      return timingSafeEqual(found, Buffer.from(hash, 'base64url')) && kept !== null;
    }),
  };
}

/** No letters or digits that can be taken for each other. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';

/** A password for one login, told from one person to another: 16 characters of three classes. */
export function oneTimePassword(): string {
  const signs = Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)] ?? '');
  const password = `${signs.slice(0, 8).join('')}-${signs.slice(8).join('')}`;
  return /[A-Z]/.test(password) && /[a-z]/.test(password) && /\d/.test(password) ? password : oneTimePassword();
}
