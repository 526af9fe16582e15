import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { root } from '../../house/tree.ts';

describe('building the console’s pages', () => {
  it('says a clear word, and is no failure, where the build tools have been left out', () => {
    const folder = temporaryFolder();
    for (const part of ['console/web', 'texts', 'package-lock.json', 'package.json']) {
      cpSync(join(root, part), join(folder, part), { recursive: true, filter: (source) => !source.startsWith(join(root, 'console/web/dist')) });
    }
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'console/web/build.js')], { encoding: 'utf8' });
    expect(status).to.equal(0);
    expect(stderr).to.include('页面尚未生成').and.include('npm ci');
  });
});
