import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { labelStore, mustRememberRegion } from '../../src/cli/region-label.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

describe('a store that remembers one region', () => {
  it('is not taken for the memory of another, until a person says they are the same', () => {
    const file = join(temporaryFolder(), 'gateway.db');
    mustRememberRegion(file, 'nmg');
    labelStore(file, 'nmg');
    mustRememberRegion(file, 'ours');
    writeFileSync(file, '');
    mustRememberRegion(file, 'nmg');
    labelStore(file, 'nmg');
    mustRememberRegion(file, 'nmg');
    expect(() => mustRememberRegion(file, 'ours')).to.throw().with.deep.include({ code: 'STORE_OTHER_REGION', facts: { found: 'nmg', profile: 'ours', file: `${file}.region` } });
    labelStore(file, 'ours');
    expect(() => mustRememberRegion(file, 'ours'), 'a label stays').to.throw();
    writeFileSync(`${file}.region`, 'ours\n');
    mustRememberRegion(file, 'ours');
    rmSync(file);
    mustRememberRegion(file, 'another');
  });
});
