import { join } from 'node:path';
import { root } from '../../house/tree.ts';

const build = '../../../console/web/build.js';
let building: Promise<string> | undefined;

/** The folder of the built pages; built once where they are older than their sources. */
export function builtPages(): Promise<string> {
  return (building ??= (async () => {
    const { buildPages } = (await import(build)) as { readonly buildPages: (say: (line: string) => void) => Promise<string> };
    const said: string[] = [];
    if ((await buildPages((line) => void said.push(line))) === 'unbuilt') throw new Error(said.join('\n'));
    return join(root, 'console', 'web', 'dist');
  })());
}
