import type { Sm2Order } from './profile-value.ts';

/** The user id that GM/T 0009 prescribes where none has been agreed. */
export const defaultUserId = '1234567812345678';

/** How a signature's two numbers are written: as ASN.1, or 32 bytes each, one after the other. */
export type SignatureForm = 'der' | 'raw';

/** How a cipher text is written: its parts alone, with a leading 04 (an uncompressed point), or as ASN.1. */
export type CipherForm = 'bare' | '04' | 'der';

export interface CipherShape {
  readonly order: Sm2Order;
  readonly form: CipherForm;
}

/**
 * An SM2 key (GB/T 32918) as it may be used: a private one never leaves the file or the machine that keeps it. Whatever a
 * key cannot do, and whatever goes wrong in doing it, is a Failure with code `KEY_…`.
 */
export interface Sm2Key {
  sign(message: Uint8Array, form: SignatureForm): Promise<Uint8Array>;
  verify(message: Uint8Array, signature: Uint8Array, form: SignatureForm): Promise<boolean>;
  encrypt(plain: Uint8Array, shape: CipherShape): Promise<Uint8Array>;
  decrypt(sealed: Uint8Array, shape: CipherShape): Promise<Uint8Array>;
}

/** The keys a profile names. */
export type KeyRing = Readonly<Record<string, Sm2Key>>;
