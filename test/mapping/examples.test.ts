import { resolve } from 'node:path';
import { expect } from 'chai';
import { loadSite } from '../../src/config/load-site.ts';
import type { Site } from '../../src/config/site.ts';
import { compileContract } from '../../src/contract/contract.ts';
import { exampleTrier } from '../../src/intake/try-example.ts';

const root = resolve(import.meta.dirname, '..', '..');
const env = { QILIAN_DATA: '/nowhere', QILIAN_REGION_URL: 'http://r', QILIAN_REGION_APP_KEY: 'k', QILIAN_REGION_APP_SECRET: 's' };

async function siteOf(dir: string): Promise<Site> {
  const loaded = await loadSite({ dir: resolve(root, dir), env });
  if ('mistakes' in loaded) throw new Error(JSON.stringify(loaded.mistakes));
  return loaded.site;
}

for (const dir of ['.', 'sites/epoint', 'sites/pinyin', 'sites/reform']) {
  const site = await siteOf(dir);
  const contract = compileContract(site.contract);
  describe(`the examples of ${site.name}`, () => {
    for (const mapping of site.datasets) {
      const differences = exampleTrier(mapping, contract);
      const examples = site.examples.filter((one) => one.dataset === mapping.dataset);
      for (const example of examples) {
        it(`${example.file.split('/').at(-1)}:${example.line} ${example.title}`, () => expect(differences(example)).to.deep.equal([]));
      }
      it(`show every record of an ordinary row of ${mapping.dataset}`, () => {
        const shown = new Set(examples.flatMap((example) => (example.expects.records ?? []).map((record) => record.table)));
        expect(shown.size).to.be.greaterThan(0);
      });
    }
  });
}
