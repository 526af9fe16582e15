import { resolve } from 'node:path';
import { lookInto, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';

/** `qilian backup <file>`: a copy of the gateway's memory as it is just now; works while the service runs. */
export async function backup(invocation: Invocation, to: string): Promise<ExitCode> {
  const { parts, texts } = invocation;
  const store = lookInto(invocation, await readSite(invocation));
  try {
    await store.backUp(resolve(to));
    parts.out(texts.say('cli.backup.done', { file: to }));
    return 0;
  } finally {
    await store.close();
  }
}
