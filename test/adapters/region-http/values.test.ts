import { hash } from 'node:crypto';
import { expect } from 'chai';
import { parse } from 'yaml';
import { Scope, type Worth } from '../../../adapters/region-http/scope.ts';
import { valueMaker } from '../../../adapters/region-http/values.ts';
import type { ValueRule } from '../../../src/port/profile-value.ts';
import { shippedProfile } from '../../fakes/shipped-profile.ts';

const wallMs = 1_750_000_000_123;

/** A value by rules as they stand in an interface.yaml, at a moment and with a nonce that never change. */
async function value(rules: string, known: Readonly<Record<string, Worth>>, name = 'sign', at = wallMs): Promise<Worth> {
  return new Scope(known, [valueMaker(parse(rules) as Record<string, ValueRule>, { keys: {}, wallMs: at, nonce: 'abc123' })]).value(name);
}

describe('a signature described in the profile', () => {
  const table: readonly (readonly [string, string, Readonly<Record<string, string>>, string])[] = [
    ['x-aep, form 1', `
      timestamp: { time: seconds }
      nonce: { random: uuid }
      sign: { digest: sha256, of: "{timestamp}{appSecret}{nonce}{timestamp}", as: HEX }`,
    { appSecret: 'demo-token' }, '456D27357BE37E2A707C4C044CA09B21C42CCFC0D777EA760944F831694ABAF9'],
    ['x-aep, form 2, with milliseconds', `
      timestamp: { time: fraction }
      nonce: { random: uuid }
      sign: { digest: sha256, of: "{timestamp}{appKey}{nonce}{appSecret}{timestamp}", as: HEX }`,
    { appKey: 'demo-key', appSecret: 'demo-secret' }, '7BAE66476648D6295D55D3F9127DB77718B11ACAB6B93D8508FD527117E51134'],
    ['gjzwfwpt', `
      rtime: { text: "1750000000000" }
      sign: { hmac: sha256, key: "{secret}", of: "{sid}{rid}{rtime}", as: base64 }`,
    { sid: 's_demo', rid: 'r_demo', secret: 'demo-secret' }, 'abZm3U2yTzFBta5GYyft+nsNhWOhtn5tt79sBwBJ3LQ='],
    ['x-tif', `
      timestamp: { time: seconds }
      nonce: { random: uuid }
      sign: { digest: sha256, of: "{timestamp}{token}{nonce}{timestamp}", as: hex }`,
    { token: 'demo-token' }, '456d27357be37e2a707c4c044ca09b21c42ccfc0d777ea760944f831694abaf9'],
  ];
  for (const [name, rules, known, sign] of table) {
    it(`is the known one: ${name}`, async () => {
      expect(await value(rules, known)).to.equal(sign);
    });
  }
  it('is the known one: md5 of the day, in the region\'s own day', async () => {
    const rules = 'day: { time: yyyyMMdd }\nsign: { digest: md5, of: "{appId}{appSecret}{day}{apiCode}" }';
    const known = { appId: 'appA', appSecret: 'secB', apiCode: 'api1' };
    expect(await value(rules, known, 'sign', Date.UTC(2026, 6, 7, 16, 0, 1))).to.equal('616a68c4e5994698632ba69490df97d4');
    expect(await value(rules, known, 'sign', Date.UTC(2026, 6, 7, 15, 59, 59))).to.not.equal('616a68c4e5994698632ba69490df97d4');
  });
  it('is the known one: SM3 of “abc” (GB/T 32905), plain and keyed', async () => {
    expect(await value('sign: { digest: sm3, of: abc }', {})).to.equal('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(await value('sign: { hmac: sm3, key: "{k}", of: "{body}", as: base64 }', { k: 'key', body: Buffer.from('abc') })).to.have.length(44);
  });
  it('covers the body by its bytes', async () => {
    const body = Buffer.from('{"名":"𠮷"}');
    expect(await value('sign: { digest: sm3, of: "{body}" }', { body })).to.equal(hash('sm3', body));
  });
  it('of the shipped profile changes with every part of it', async () => {
    const { values = {}, identity } = shippedProfile();
    const known = { ...identity, body: Buffer.from('x') };
    const signed = async (change: Readonly<Record<string, Worth>>, nonce = 'n', at = wallMs): Promise<Worth> =>
      new Scope({ ...known, ...change }, [valueMaker(values, { keys: {}, wallMs: at, nonce })]).value('signature');
    const all = await Promise.all([signed({}), signed({ appSecret: 'other' }), signed({ body: Buffer.from('y') }), signed({}, 'm'), signed({}, 'n', wallMs + 1000)]);
    expect(new Set(all).size).to.equal(5);
    expect(await signed({})).to.equal(hash('sha256', `1750000000demo-secretn${hash('sm3', 'x')}1750000000`).toUpperCase());
  });
});

describe('a value described in the profile', () => {
  it('is worked out once for a request, however often it is named', async () => {
    const scope = new Scope({}, [valueMaker({ a: { random: 'hex', length: 8 } }, { keys: {}, wallMs, nonce: 'n' })]);
    expect(await scope.text('{a}{a}')).to.match(/^([0-9a-f]{8})\1$/);
  });
  for (const [how, text] of [
    ['seconds', '1750000000'], ['milliseconds', '1750000000123'], ['fraction', '1750000000.123'],
    ['yyyyMMddHHmmss', '20250615230640'], ['yyyy-MM-dd HH:mm:ss.SSS', '2025-06-15 23:06:40.123'],
  ] as const) {
    it(`can be the time as ${how}`, async () => {
      expect(await value(`sign: { time: "${how}" }`, {})).to.equal(text);
    });
  }
  it('can be luck in digits or hex of a length', async () => {
    expect(await value('sign: { random: digits, length: 10 }', {})).to.match(/^\d{10}$/);
    expect(await value('sign: { random: hex, length: 20 }', {})).to.match(/^[0-9a-f]{20}$/);
  });
  it('can be sealed by SM4 as GB/T 32907 has it, and opened again', async () => {
    const key = '0123456789abcdeffedcba9876543210';
    const sealed = await value('sign: { encrypt: sm4-ecb, key: "{k}", keyAs: hex, of: "{text}" }', { k: key, text: Buffer.from(key, 'hex') });
    expect(String(sealed).slice(0, 32)).to.equal('681edf34d206965e86b3e94f536e4246');
    for (const cipher of ['sm4-cbc', 'aes-128-cbc'] as const) {
      const rules = `sealed: { encrypt: ${cipher}, key: "{k}", keyAs: hex, iv: random, of: "{plain}", as: base64 }\nsign: { decrypt: ${cipher}, key: "{k}", keyAs: hex, iv: random, of: "{sealed}", as: base64 }`;
      expect(await value(rules, { k: key, plain: '乌审旗𠮷' }), cipher).to.equal('乌审旗𠮷');
    }
  });
  it('is refused by name when a key has not the length its cipher wants', async () => {
    const outcome = await value('sign: { encrypt: sm4-cbc, key: short, of: x }', {}).then(() => 'sealed', (cause: { code?: string }) => cause.code);
    expect(outcome).to.equal('CIPHER_KEY_LENGTH');
  });
});
