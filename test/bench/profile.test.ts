import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { sharesOf } from '../../bench/profile.ts';

describe('where the time goes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qilian-profile-'));
  after(() => rmSync(folder, { recursive: true }));

  it('is counted to the room, the package or the part of the runtime that spent it', () => {
    const urls = ['', 'file:///p/src/mapping/field.ts', 'file:///p/adapters/store-sqlite/store.ts', 'file:///p/node_modules/axios/x.js', 'node:internal/crypto/hash', 'file:///p/bench/profile-preload.ts', ''];
    const names = ['(root)', 'a', 'b', 'c', 'd', 'json', 'nativeOfMapping'];
    const nodes = urls.map((url, index) => ({ id: index, callFrame: { functionName: names[index], url }, children: index === 0 ? [1, 2, 3, 4, 5] : index === 1 ? [6] : [] }));
    const file = join(folder, 'x.cpuprofile');
    writeFileSync(file, JSON.stringify({ nodes, samples: [1, 2, 3, 4, 5, 6], timeDeltas: [6000, 5000, 4000, 3000, 2000, 1000] }));
    expect(sharesOf(file, '/p')).to.deep.equal([
      { room: 'src/mapping', ms: 7 },
      { room: 'adapters/store-sqlite', ms: 5 },
      { room: 'HTTP and sockets', ms: 4 },
      { room: 'crypto', ms: 3 },
      { room: 'JSON', ms: 2 },
    ]);
  });
});
