import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { keyOf, openKey } from '../../../adapters/crypto-sm2/key.ts';
import type { KeyRule } from '../../../src/port/profile-value.ts';
import { defaultUserId, type CipherShape } from '../../../src/port/sm2-key.ts';
import { OpenSsl, openSslKnowsSm2 } from './openssl.ts';

/** How many random messages go both ways; 1,000 for the record: `QILIAN_TEST_SM2=1000 npx mocha test/adapters/crypto-sm2`. */
const messages = Number(process.env['QILIAN_TEST_SM2'] ?? 20);

const opened = (rule: KeyRule): ReturnType<typeof openKey> => openKey('county', rule as Parameters<typeof openKey>[1]);
const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
    return 'done';
  } catch (cause) {
    return (cause as { code?: string }).code ?? 'unforeseen';
  }
};

describe('an SM2 key', () => {
  /** The example of GM/T 0003.5-2012, annex A, whose user id is the default one. */
  const example = keyOf('example', {
    privateKey: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
    publicKey: '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  });

  it('takes the signature printed in the standard, and none of another message or another person', async () => {
    const signature = Buffer.from('f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa', 'hex');
    expect(await example.verify(Buffer.from('message digest'), signature, 'raw')).to.equal(true);
    expect(await example.verify(Buffer.from('message digesT'), signature, 'raw')).to.equal(false);
    expect(await example.verify(Buffer.from('message digest'), signature.subarray(1), 'raw')).to.equal(false);
    const other = keyOf('other', { publicKey: '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13' }, 'somebody else');
    expect(await other.verify(Buffer.from('message digest'), signature, 'raw')).to.equal(false);
  });
  for (const order of ['C1C3C2', 'C1C2C3'] as const) {
    for (const form of ['bare', '04', 'der'] as const) {
      it(`opens what it has sealed, and nothing that was tampered with: ${order}, ${form}`, async () => {
        const shape: CipherShape = { order, form };
        const plain = Buffer.from('乌审旗𠮷');
        const sealed = Buffer.from(await example.encrypt(plain, shape));
        expect(Buffer.from(await example.decrypt(sealed, shape)).equals(plain)).to.equal(true);
        sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
        expect(await codeOf(() => example.decrypt(sealed, shape))).to.equal('SEAL_BROKEN');
      });
    }
  }
  it('that is public only neither signs nor opens', async () => {
    const { publicKey } = { publicKey: '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13' };
    const key = opened({ sm2: 'public', hex: publicKey });
    expect(await codeOf(() => key.sign(Buffer.from('x'), 'der'))).to.equal('KEY_PUBLIC_ONLY');
    expect(await codeOf(() => key.decrypt(Buffer.from('x'), { order: 'C1C3C2', form: 'bare' }))).to.equal('KEY_PUBLIC_ONLY');
  });
});

describe('an SM2 key file', () => {
  if (!openSslKnowsSm2) {
    it('is checked against OpenSSL, which is not here', () => {
      if (process.env['CI'] === 'true') throw new Error('the build server must have an OpenSSL that knows SM2');
      process.stdout.write('  skipped: no OpenSSL that knows SM2 on this machine\n');
    });
    return;
  }
  const openssl = new OpenSsl();

  it('is read as PEM, sealed with a passphrase or not, as a certificate, and as hex alone', async () => {
    const message = Buffer.from('乌审旗');
    const sign = async (rule: KeyRule): Promise<boolean> => openssl.verifies(message, await opened(rule).sign(message, 'der'), defaultUserId);
    expect(await sign({ sm2: 'private', file: openssl.privateFile })).to.equal(true);
    for (const cipher of ['-sm4-cbc', '-aes-256-cbc']) {
      expect(await sign({ sm2: 'private', file: openssl.sealed('口令', cipher), passphrase: '口令' }), cipher).to.equal(true);
    }
    openssl.run('ec', '-in', openssl.privateFile, '-out', join(openssl.dir, 'sec1.pem'));
    expect(await sign({ sm2: 'private', file: join(openssl.dir, 'sec1.pem') })).to.equal(true);
    const hex = /\n {4}((?:[0-9a-f]{2}:?\s*)+)pub:/.exec(openssl.run('pkey', '-in', openssl.privateFile, '-noout', '-text').toString())?.[1]?.replaceAll(/[^0-9a-f]/g, '').slice(-64) ?? '';
    writeFileSync(join(openssl.dir, 'key.hex'), `${hex}\n`);
    expect(await sign({ sm2: 'private', file: join(openssl.dir, 'key.hex') })).to.equal(true);
    openssl.run('req', '-x509', '-new', '-key', openssl.privateFile, '-subj', '/CN=region', '-days', '2', '-out', join(openssl.dir, 'region.crt'));
    const signature = openssl.sign(message, defaultUserId);
    for (const file of [openssl.publicFile, join(openssl.dir, 'region.crt')]) {
      expect(await opened({ sm2: 'public', file }).verify(message, signature, 'der'), file).to.equal(true);
    }
  });
  for (const [what, rule, code] of [
    ['with a wrong passphrase', () => ({ sm2: 'private', file: openssl.sealed('right'), passphrase: 'wrong' }), 'KEY_PASSPHRASE_WRONG'],
    ['with none given', () => ({ sm2: 'private', file: openssl.sealed('right') }), 'KEY_PASSPHRASE_WRONG'],
    ['that is not there', () => ({ sm2: 'private', file: '/nowhere/key.pem' }), 'KEY_FILE_UNREADABLE'],
    ['that holds no key', () => ({ sm2: 'private', file: openssl.file(Buffer.from('hello'), 'hello.pem') }), 'KEY_UNREADABLE'],
    ['of another curve', () => {
      openssl.run('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', join(openssl.dir, 'p256.pem'));
      return { sm2: 'private', file: join(openssl.dir, 'p256.pem') };
    }, 'KEY_NOT_SM2'],
    ['with a point beside the curve', () => ({ sm2: 'public', hex: `04${'11'.repeat(64)}` }), 'KEY_NOT_SM2'],
  ] as const) {
    it(`${what} is told by ${code}, and what is in it by nobody`, async () => {
      expect(await codeOf(() => opened(rule() as KeyRule))).to.equal(code);
    });
  }
  it(`signs and seals ${messages} random messages as OpenSSL does, both ways`, async function () {
    this.timeout(60_000 + messages * 1_000);
    const ours = opened({ sm2: 'private', file: openssl.privateFile });
    for (let nth = 0; nth < messages; nth += 1) {
      const message = randomBytes(1 + (nth * 37) % 2000);
      expect(openssl.verifies(message, await ours.sign(message, 'der'), defaultUserId), `ours, ${nth}`).to.equal(true);
      expect(await ours.verify(message, openssl.sign(message, defaultUserId), 'der'), `theirs, ${nth}`).to.equal(true);
      const shape: CipherShape = { order: 'C1C3C2', form: 'der' };
      expect(openssl.decrypt(await ours.encrypt(message, shape)).equals(message), `sealed here, ${nth}`).to.equal(true);
      expect(Buffer.from(await ours.decrypt(openssl.encrypt(message), shape)).equals(message), `sealed there, ${nth}`).to.equal(true);
    }
  });
  it('mixes in the user id that was agreed', async () => {
    const message = Buffer.from('x');
    const ours = opened({ sm2: 'private', file: openssl.privateFile, userId: 'uxin@150626' });
    const signature = await ours.sign(message, 'der');
    expect(openssl.verifies(message, signature, 'uxin@150626')).to.equal(true);
    expect(openssl.verifies(message, signature, defaultUserId)).to.equal(false);
  });
});
