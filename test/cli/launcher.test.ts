import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { root } from '../house/tree.ts';

describe('the command as it is installed', () => {
  it('begins under a Node that is too old for the gateway: it asks for nothing that only newer ones have before it has looked for the right one', () => {
    const text = readFileSync(join(root, 'bin/qilian.js'), 'utf8');
    const imports = [...text.matchAll(/^import \{ ([^}]+) \} from '([^']+)';$/gm)].flatMap(([, names = '', from = '']) => names.split(', ').map((name) => `${from} ${name}`));
    expect(imports.toSorted()).to.deep.equal([
      'node:child_process spawn', 'node:fs existsSync', 'node:os constants', 'node:url fileURLToPath', 'node:url pathToFileURL',
    ]);
  });
  it('runs with the same memory, however it is started', () => {
    const flags = /const frugal = \[([^\]]+)\]/.exec(readFileSync(join(root, 'bin/qilian.js'), 'utf8'))?.[1]?.replaceAll(/[',]/g, '') ?? '';
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    expect([scripts['start'], scripts['demo'], scripts['qilian']]).to.deep.equal([' start', ' demo', ''].map((command) => `node ${flags} bin/qilian.js${command}`));
  });
});
