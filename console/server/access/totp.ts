import { createHmac, randomBytes } from 'node:crypto';

const stepSeconds = 30;
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new secret for an authenticator: 160 bits in Base32 (RFC 4226, 4). */
export function newSecret(): string {
  const bits = [...randomBytes(20)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => base32[Number.parseInt(five, 2)] ?? '').join('');
}

/** What authenticators read from a QR code. */
export function secretUri(secret: string, about: { readonly site: string; readonly login: string }): string {
  const label = encodeURIComponent(`${about.site}:${about.login}`);
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(about.site)}&algorithm=SHA1&digits=6&period=${stepSeconds}`;
}

/** The code of a step (RFC 6238, HMAC-SHA1, six digits). */
export function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

/** The step of a right code, one step to either side allowed; null when it is wrong, or not newer than the last one used. */
export function stepOf(code: string, secret: string, about: { readonly atMs: number; readonly usedStep: number }): number | null {
  const now = Math.floor(about.atMs / 1000 / stepSeconds);
  const found = [now - 1, now, now + 1].find((step) => step > about.usedStep && codeOf(secret, step) === code.replaceAll(/\s/g, ''));
  return found ?? null;
}

function bytesOf(secret: string): Buffer {
  const bits = [...secret].map((sign) => base32.indexOf(sign).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
