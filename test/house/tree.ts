import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Project files by their path from the root, with their text. */
export type Tree = ReadonlyMap<string, string>;

/** The checkout this test runs in. */
export const root = join(import.meta.dirname, '..', '..');

/** Written by a build, not by us. */
const built = 'console/web/dist';

/** Every file under the given folders whose name ends in one of the endings. */
export function readTree(folders: readonly string[], endings: readonly string[]): Tree {
  const found = folders.flatMap((folder) => list(folder)).filter((path) => !path.startsWith(built) && endings.some((ending) => path.endsWith(ending)));
  return new Map(found.toSorted().map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  } catch {
    return [];
  }
}
