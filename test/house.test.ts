import { expect } from 'chai';
import { importsOf } from './house/imports.ts';
import { drawerNames, looseWords, oddNames, tooLong, worldInEngine } from './house/manners.ts';
import { circles, wrongDoors } from './house/rooms.ts';
import { readTree } from './house/tree.ts';

const rooms = ['src', 'adapters', 'simulator', 'demo', 'console', 'bench'];
const code = readTree(rooms, ['.ts', '.js']);
const all = readTree([...rooms, 'bin', 'test'], ['.ts', '.js', '.css']);
const one = (path: string, text: string): ReadonlyMap<string, string> => new Map([[path, text]]);

describe('the house', () => {
  it('has one direction: nobody imports from a room that is nearer to the door', () => {
    expect(wrongDoors(importsOf(code))).to.deep.equal([]);
  });
  it('has no circles of imports', () => {
    expect(circles(importsOf(code))).to.deep.equal([]);
  });
  it('has no file over 300 lines', () => {
    expect(tooLong(all)).to.deep.equal([]);
  });
  it('has no drawers: every name says what is in it', () => {
    expect(drawerNames(all)).to.deep.equal([]);
    expect(oddNames(all)).to.deep.equal([]);
  });
  it('never switches off the type checker or the linter', () => {
    expect(looseWords(new Map([...all].filter(([path]) => !path.startsWith('test/house'))))).to.deep.equal([]);
  });
  it('gives the engine its clock, luck, environment and sockets from outside', () => {
    expect(worldInEngine(code)).to.deep.equal([]);
  });
});

describe('the house inspector', () => {
  const faults = (path: string, text: string): readonly string[] => wrongDoors(importsOf(one(path, text)));

  for (const [path, line] of [
    ['src/record/a.ts', `import type { X } from '../port/x.ts';`],
    ['src/port/a.ts', `import { x } from '../mapping/x.ts';`],
    ['src/contract/a.ts', `import { x } from '../mapping/x.ts';`],
    ['src/mapping/a.ts', `import { x } from '../intake/x.ts';`],
    ['src/mapping/a.ts', `import { readFileSync } from 'node:fs';`],
    ['src/contract/a.ts', `import axios from 'axios';`],
    ['src/intake/a.ts', `import { x } from '../delivery/x.ts';`],
    ['src/delivery/a.ts', `import { x } from '../schedule/x.ts';`],
    ['src/delivery/a.ts', `import { x } from '../../adapters/region-http/client.ts';`],
    ['src/schedule/a.ts', `import { x } from '../cli/x.ts';`],
    ['src/cli/a.ts', `import { x } from '../main.ts';`],
    ['adapters/store-sqlite/a.ts', `import { x } from '../region-http/client.ts';`],
    ['adapters/store-sqlite/a.ts', `import { x } from '../../src/intake/x.ts';`],
    ['adapters/county-mariadb/a.ts', `import { x } from '../county-sqlite/source.ts';`],
    ['adapters/region-http/a.ts', `import { x } from '../county-sql/source.ts';`],
    ['simulator/a.ts', `import { x } from '../src/record/problem.ts';`],
    ['demo/a.ts', `import type { X } from '../src/record/problem.ts';`],
    ['console/server/a.ts', `import { x } from '../../src/main.ts';`],
    ['console/server/a.ts', `export { x } from '../../adapters/store-sqlite/store.ts';`],
    ['src/intake/a.ts', `const x = await import('../main.ts');`],
    ['src/intake/a.ts', `import {\n  x,\n  y,\n} from '../cli/x.ts';`],
  ] as const) {
    it(`sees that ${path} must not say ${line.replaceAll('\n', ' ')}`, () => {
      expect(faults(path, line)).to.have.length(1);
    });
  }

  it('lets each room use the rooms further in, and an adapter its own files', () => {
    expect(faults('src/intake/a.ts', `import { x } from '../mapping/x.ts';\nimport { y } from '../record/y.ts';`)).to.deep.equal([]);
    expect(faults('adapters/store-sqlite/a.ts', `import { x } from './schema.ts';\nimport type { Y } from '../../src/port/y.ts';`)).to.deep.equal([]);
    expect(faults('adapters/county-mariadb/a.ts', `import { x } from '../county-sql/source.ts';`)).to.deep.equal([]);
    expect(faults('simulator/a.ts', `import type { X } from '../src/port/profile.ts';`)).to.deep.equal([]);
    expect(faults('src/main.ts', `import { x } from '../adapters/store-sqlite/store.ts';`)).to.deep.equal([]);
  });
  it('sees a circle, however long', () => {
    const tree = new Map([['a.ts', `import './b.ts';`], ['b.ts', `import './c.ts';`], ['c.ts', `import './a.ts';`]]);
    expect(circles(importsOf(tree))).to.deep.equal(['a.ts → b.ts → c.ts → a.ts']);
  });
  it('sees line 301, and not line 300', () => {
    expect(tooLong(one('a.ts', 'x\n'.repeat(300)))).to.deep.equal([]);
    expect(tooLong(one('a.ts', 'x\n'.repeat(301)))).to.deep.equal(['a.ts has 301 lines']);
  });
  it('sees drawers and names that are not kebab-case', () => {
    expect(drawerNames(one('src/common/date.ts', ''))).to.have.length(1);
    expect(drawerNames(one('src/intake/utils.ts', ''))).to.have.length(1);
    expect(oddNames(one('src/intake/takeIn.ts', ''))).to.have.length(1);
  });
  for (const line of ['let x: any;', 'const x = y as any;', 'const x: Map<string, any> = z;', '// @ts-ignore', '/* eslint-disable */', '// oxlint-disable-next-line', 'export enum State {', 'rejectUnauthorized: false', `sign('sm3', body, key)`]) {
    it(`sees the loose word in: ${line}`, () => {
      expect(looseWords(one('src/a.ts', line))).to.have.length(1);
    });
  }
  for (const line of ['const t = Date.now();', 'const t = new Date();', 'Math.random()', 'setTimeout(f, 1)', `process.env['X']`, 'fetch(url)', `import net from 'node:net';`, 'randomUUID()']) {
    it(`sees the world in the engine: ${line}`, () => {
      expect(worldInEngine(one('src/intake/a.ts', line))).to.have.length(1);
      expect(worldInEngine(one('src/main.ts', line))).to.deep.equal([]);
    });
  }
  it('lets a comment speak of the clock, and a date be made from a number', () => {
    expect(worldInEngine(one('src/intake/a.ts', '// never Date.now() here\nconst d = new Date(0);'))).to.deep.equal([]);
  });
});
