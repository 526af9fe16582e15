import { mkdirSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Applying, Sink } from '../../src/port/sink.ts';

/**
 * A folder from which a county's system takes files: JSON lines, one row each, `{"table", "key", "set"}`. A file appears whole
 * under its last name or not at all. Rows cannot be read back, so the region's word is put down as it came and nothing is
 * compared; after a crash the same rows may come again under the same keys with the same values.
 */
export function openDrop(folder: string): Sink {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const markFile = (stream: string): string => join(folder, `.${plain(stream)}.mark`);
  return {
    rows: async () => null,
    matching: async () => null,
    mark: async (stream) => readFile(markFile(stream), 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return null;
      throw cause;
    }),
    apply: async ({ mark, writes }) => {
      if (writes.length > 0) await appear(join(folder, `${plain(mark.stream)}-${plain(mark.value)}.jsonl`), linesOf(writes));
      await appear(markFile(mark.stream), mark.value);
      return { state: 'applied' };
    },
    close: async () => undefined,
  };
}

function linesOf(writes: Applying['writes']): string {
  return writes.map(({ table, key, set }) => `${JSON.stringify({ table, key, set })}\n`).join('');
}

/** On the disk before it has its name, and its name on the disk before it is said to be there. */
async function appear(path: string, text: string): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  const folder = await open(join(path, '..'), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Marks hold a slash and streams come from site files: neither leads out of the folder. */
function plain(name: string): string {
  return name.replaceAll(/[^\w-]/g, '_');
}
