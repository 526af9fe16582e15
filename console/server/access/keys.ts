import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** Keys for each use, drawn from the console's one key, so that none serves two purposes. */
export interface ConsoleKeys {
  readonly pepper: Buffer;
  /** Of the hashes by which holders are found. */
  readonly holders: Buffer;
  /** Seals a secret for the database: SM4-GCM. */
  seal(text: string): string;
  /** Null when it has been touched. */
  unseal(sealed: string): string | null;
}

export function consoleKeys(key: Buffer): ConsoleKeys {
  const drawn = (use: string, bytes: number): Buffer => createHmac('sm3', key).update(use).digest().subarray(0, bytes);
  const sealing = drawn('seal', 16);
  return {
    pepper: drawn('pepper', 32),
    holders: drawn('holders', 32),
    seal: (text) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('sm4-gcm', sealing, nonce) as ReturnType<typeof createCipheriv> & { getAuthTag(): Buffer };
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    unseal: (sealed) => {
      try {
        const bytes = Buffer.from(sealed, 'base64url');
        const opening = createDecipheriv('sm4-gcm', sealing, bytes.subarray(0, 12)) as ReturnType<typeof createDecipheriv> & { setAuthTag(tag: Buffer): void };
        opening.setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([opening.update(bytes.subarray(28)), opening.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}

/** The key of the audit's chain, for whoever writes it and whoever checks it. */
export function auditKey(key: Buffer): Buffer {
  return createHmac('sm3', key).update('audit').digest();
}
