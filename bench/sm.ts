import { createCipheriv, hash, randomBytes } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import { keyOf } from '../adapters/crypto-sm2/key.ts';
import type { CipherShape } from '../src/port/sm2-key.ts';

// National cryptography, on one core: `npm run bench:sm`. A message is what one record of a licence takes.

const pair = sm2.generateKeyPairHex();
const key = keyOf('bench', pair);
const message = randomBytes(600);
const large = randomBytes(1_048_576);
const shape: CipherShape = { order: 'C1C3C2', form: '04' };
const signature = await key.sign(message, 'der');
const sealed = await key.encrypt(message, shape);
const cipherKey = randomBytes(16);

/** How often in a second, over about a second and a half. */
async function rate(work: () => unknown): Promise<number> {
  for (let warm = 0; warm < 20; warm += 1) await work();
  const began = performance.now();
  let times = 0;
  while (performance.now() - began < 1_500) {
    await work();
    times += 1;
  }
  return times * 1000 / (performance.now() - began);
}

const lines: readonly (readonly [string, () => unknown, 'per second' | 'MiB/s'])[] = [
  ['SM2 signature of 600 bytes', () => key.sign(message, 'der'), 'per second'],
  ['SM2 verification', () => key.verify(message, signature, 'der'), 'per second'],
  ['SM2 sealing of 600 bytes', () => key.encrypt(message, shape), 'per second'],
  ['SM2 opening of 600 bytes', () => key.decrypt(sealed, shape), 'per second'],
  ['SM3 of 600 bytes', () => hash('sm3', message), 'per second'],
  ['SM3 of 1 MiB', () => hash('sm3', large), 'MiB/s'],
  ['SM4-CBC of 1 MiB', () => {
    const cipher = createCipheriv('sm4-cbc', cipherKey, cipherKey);
    cipher.update(large);
    return cipher.final();
  }, 'MiB/s'],
];
for (const [name, work, unit] of lines) process.stdout.write(`${name.padEnd(30)} ${Math.round(await rate(work)).toLocaleString('en').padStart(10)} ${unit}\n`);
