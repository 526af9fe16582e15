import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { builtPages } from './built-pages.ts';

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}

const mostKiB = 500;

describe('the console’s first load', () => {
  it(`takes less than ${mostKiB} KiB over the wire, from the sign-in to the overview`, async function () {
    this.timeout(120_000);
    const dist = await builtPages();
    const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Readonly<Record<string, Chunk>>;
    const texts = Object.keys(manifest).find((name) => name.includes('texts:zh-CN')) ?? 'texts:zh-CN';
    const files = new Set(['index.html', ...['index.html', 'pages/overview/page.vue', texts].flatMap((name) => filesOf(manifest, name))]);
    const sizes = [...files].map((file) => gzipSync(readFileSync(join(dist, file))).length);
    expect([...files].some((file) => file.endsWith('.css'))).to.equal(true);
    expect(sizes.reduce((sum, size) => sum + size, 0)).to.be.below(mostKiB * 1024);
  });
});

function filesOf(manifest: Readonly<Record<string, Chunk>>, name: string, seen = new Set<string>()): readonly string[] {
  const chunk = manifest[name];
  if (chunk === undefined) throw new Error(`no ${name} in the manifest`);
  if (seen.has(name)) return [];
  seen.add(name);
  return [chunk.file, ...(chunk.css ?? []), ...(chunk.imports ?? []).flatMap((one) => filesOf(manifest, one, seen))];
}
