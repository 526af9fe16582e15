import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { players } from '../../simulator/players/all.ts';
import { environmentOf } from '../../src/cli/environment.ts';
import { filesUnder, type SiteFiles } from '../../src/config/files.ts';
import { loadSite, type Loaded } from '../../src/config/load-site.ts';
import { withFilesAt } from '../../src/config/profile-files.ts';
import type { Site } from '../../src/config/site.ts';
import { shippedProfile } from '../fakes/shipped-profile.ts';
import { root } from '../house/tree.ts';

const folder = join(root, 'mappings/region');
const frontdb = Object.fromEntries(['HOST', 'DATABASE', 'USER', 'PASSWORD'].map((name) => [`QILIAN_FRONTDB_${name}`, 'x']));
const read = (profile: string, files?: SiteFiles): Promise<Loaded> =>
  loadSite({ dir: root, profile, env: environmentOf(frontdb, { dataDir: '/tmp', shipped: true }), ...(files === undefined ? {} : { files }) });
const siteOf = async (profile: string): Promise<Site> => {
  const loaded = await read(profile);
  if ('mistakes' in loaded) throw new Error(JSON.stringify(loaded.mistakes));
  return loaded.site;
};

describe('the shipped region profiles', () => {
  for (const name of readdirSync(folder)) {
    it(`have no mistake, and somebody who plays the region: ${name}`, async () => {
      expect((await siteOf(name)).profile.profile).to.equal(name);
      expect([...players.keys()]).to.include(name);
    });
  }
  it('that share another\'s tables have its dictionaries, rules and personal fields too', async () => {
    const [own, sharing] = [await siteOf('nmg'), await siteOf('guizhou-like')];
    expect(sharing.contract.rules).to.deep.equal(own.contract.rules);
    expect(sharing.contract.dictionaries).to.deep.equal(own.contract.dictionaries);
    expect(sharing.personal).to.deep.equal(own.personal);
    expect(sharing.version).to.not.equal(own.version);
  });
  it('that issue nothing leave what the site pulls from its own region at rest', async () => {
    expect((await siteOf('nmg')).jobs.some((job) => job.kind === 'pull')).to.equal(true);
    expect((await siteOf('mohurd-like')).jobs.some((job) => job.kind === 'pull')).to.equal(false);
  });
  it('that share tables of a folder that is not there are told which file is missing', async () => {
    const files = filesUnder(root);
    const loaded = await read('gone', { ...files, read: async (path) => files.read(path.replace('/gone/', '/guizhou-like/')).then((text) => text?.replace('shares: ../nmg', 'shares: ../nowhere') ?? null) });
    expect('mistakes' in loaded && loaded.mistakes.some((one) => one.code === 'FILE_MISSING' && one.file === 'mappings/region/nowhere/tables.json')).to.equal(true);
  });
});

describe('the files of keys and certificates in a profile', () => {
  it('are named from the site\'s folder', () => {
    const profile = withFilesAt({
      ...shippedProfile(), tls: { ca: 'tls/ca.crt', certificate: '/etc/county.crt' },
      keys: { county: { sm2: 'private', file: 'keys/county.pem' }, region: { sm2: 'public', hex: '04' }, card: { sm2: 'signer', url: 'http://signer', keyId: '1' } },
    }, (file) => (file.startsWith('/') ? file : `/site/${file}`));
    expect(profile.transport === 'http' ? [profile.tls, profile.keys] : null).to.deep.equal([
      { ca: '/site/tls/ca.crt', certificate: '/etc/county.crt' },
      { county: { sm2: 'private', file: '/site/keys/county.pem' }, region: { sm2: 'public', hex: '04' }, card: { sm2: 'signer', url: 'http://signer', keyId: '1' } },
    ]);
  });
});
