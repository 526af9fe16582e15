import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, dirname } from 'node:path';
import { expect } from 'chai';
import { sm2 } from 'sm-crypto-v2';
import { readPrivateKey } from '../../adapters/crypto-sm2/key-file.ts';
import { openKey } from '../../adapters/crypto-sm2/key.ts';
import { openRegion } from '../../adapters/region-http/client.ts';
import { filesUnder } from '../../src/config/files.ts';
import { loadSite, type Loaded } from '../../src/config/load-site.ts';
import type { Region } from '../../src/port/region.ts';
import type { Entry, Parcel } from '../../src/record/batch.ts';
import { OpenSsl, openSslKnowsSm2 } from '../adapters/crypto-sm2/openssl.ts';
import { root } from '../house/tree.ts';
import { InventedRegion } from './invented-region.ts';

const page = readFileSync(join(root, 'docs/new-region.md'), 'utf8');
const example = /```yaml\n(profile: beijiang\n[\s\S]*?)```/.exec(page)?.[1] ?? '';

const entry = (rowGuid: string, name: string): Entry => ({
  table: 'up_lic_data', rowGuid, operation: 'create', digest: '', body: JSON.stringify({ row_guid: rowGuid, certificate_name: name, certificate_holder: '其其格' }),
});

async function loaded(url: string, keys: string, yaml = example): Promise<Loaded> {
  const files = filesUnder(root);
  const env = {
    QILIAN_DATA: '/tmp', QILIAN_REGION_URL: url, QILIAN_REGION_APP_KEY: 'demo-county', QILIAN_REGION_APP_SECRET: 'demo-secret', QILIAN_KEYS: keys, QILIAN_KEYS_PASSPHRASE: '口令',
  };
  return loadSite({ dir: root, env, profile: 'beijiang', files: { ...files, read: async (path) => (path === 'mappings/region/beijiang/interface.yaml' ? yaml : files.read(path)) } });
}

describe('a region nobody here has seen, described by following docs/new-region.md', () => {
  if (!openSslKnowsSm2) {
    it('needs an OpenSSL that knows SM2 to make a key, which is not here', () => {
      if (process.env['CI'] === 'true') throw new Error('the build server must have an OpenSSL that knows SM2');
    });
    return;
  }
  const openssl = new OpenSsl();
  let there: InventedRegion;
  let region: Region;

  before(async () => {
    const sealed = openssl.sealed('口令');
    openssl.run('pkey', '-in', sealed, '-passin', 'pass:口令', '-sm4-cbc', '-passout', 'pass:口令', '-out', join(dirname(sealed), 'county.pem'));
    there = new InventedRegion(sm2.getPublicKeyFromPrivateKey(readPrivateKey(openssl.privateFile, undefined).privateKey));
    const site = await loaded(await there.open(), dirname(sealed));
    if ('mistakes' in site) throw new Error(JSON.stringify(site.mistakes));
    const { profile } = site.site;
    if (profile.transport !== 'http') throw new Error(profile.transport);
    const keys = Object.fromEntries(Object.entries(profile.keys ?? {}).flatMap(([name, rule]) => (rule.sm2 === 'signer' ? [] : [[name, openKey(name, rule)]])));
    region = openRegion(profile, { clock: { wallMs: () => Date.now(), steadyMs: () => 0, rest: async () => undefined }, nonce: randomUUID, keys });
  });
  after(async () => {
    await region.close();
    there.close();
  });
  const parcel = (no: string, entries = [entry('1', '营业执照'), entry('2', '食品经营许可证')]): Parcel => region.wrap({ no, table: 'up_lic_data', time: '2026-11-23 15:00:00' }, entries);
  const verdicts = async (answer: ReturnType<Region['push']>): Promise<unknown> => {
    const told = await answer;
    return told.verdict === 'settled' ? told.receipts.map((one) => `${one.rowGuid} ${one.verdict} ${one.message ?? ''}`.trim()) : told;
  };

  it('gets its records signed, packed and named as its document says', async () => {
    expect(await verdicts(region.push(parcel('B1')))).to.deep.equal(['1 accepted', '2 accepted']);
    expect(there.batches.get('B1')?.[0]).to.deep.equal({
      rowGuid: '1', certificateName: '营业执照', certificateHolder: '其其格', cdOperation: 'I', cdTime: '2026-11-23 15:00:00', cdBatch: 'B1',
      dataSource: '150', areaCode: '150626', summary: '营业执照（其其格）',
    });
    expect(there.logins).to.equal(1);
  });
  it('refuses single records in its own words', async () => {
    there.judge = (record) => (record['rowGuid'] === '2' ? '持证者有误' : null);
    expect(await verdicts(region.push(parcel('B2')))).to.deep.equal(['2 refused 持证者有误', '1 accepted']);
    there.judge = () => null;
  });
  it('is logged in to again when its ticket is no longer good', async () => {
    there.forgetTicket();
    expect(await verdicts(region.push(parcel('B3')))).to.deep.equal(['1 accepted', '2 accepted']);
    expect(there.logins).to.equal(2);
  });
  it('is asked after a batch whose answer was lost, and a batch sent again is known to have arrived', async () => {
    there.loseAnswers = 1;
    expect((await region.push(parcel('B4'))).verdict).to.equal('unknown');
    expect(await verdicts(region.push(parcel('B4')))).to.deep.equal(['1 accepted', '2 accepted']);
    there.loseAnswers = 1;
    await region.push(parcel('B5'));
    const fate = await region.ask(parcel('B5'));
    expect(fate.verdict).to.equal('settled');
    expect(await region.ask(parcel('B6'))).to.deep.equal({ verdict: 'never-seen' });
    expect([...there.batches.keys()]).to.deep.equal(['B1', 'B2', 'B3', 'B4', 'B5']);
  });
});

describe('an interface.yaml with mistakes of its own', () => {
  for (const [from, to, code] of [
    ['of: "{client}{stamp}"', 'of: "{client}{stmap}"', 'PLACEHOLDER_UNKNOWN'],
    ['kind: "{table}"', 'kind: "{sign}"', 'PLACEHOLDER_UNKNOWN'],
    ['body: "{records}"', 'body: "{record}"', 'PLACEHOLDER_UNKNOWN'],
    ['with: county', 'with: country', 'KEY_UNKNOWN'],
    ['stamp: { time: yyyyMMddHHmmss }', 'stamp: { text: "{loginSign}" }', 'VALUE_RING'],
    ['time: yyyyMMddHHmmss', 'time: yyyymmddhhmmss', 'DATE_PATTERN_WRONG'],
    ['{ random: digits, length: 10 }', '{ random: digits, digest: sm3, of: x }', 'ORIGIN_COUNT'],
    ['sign: sm2, with', 'sign: sm3, with', 'WORD_UNKNOWN'],
    ['why, verdict: refused }', 'why }', 'KEY_MISSING'],
    ['1/1: settled', '1/1: fine', 'WORD_UNKNOWN'],
  ] as const) {
    it(`is told at its line: ${to}`, async () => {
      expect(example).to.contain(from);
      const changed = example.replace(from, to);
      const site = await loaded('http://r', '/k', changed);
      const lines = ('mistakes' in site ? site.mistakes : []).filter((one) => one.code === code).map((one) => changed.split('\n')[one.line - 1] ?? '');
      expect(lines.some((line) => line.includes(to)), lines.join('\n')).to.equal(true);
    });
  }
});
