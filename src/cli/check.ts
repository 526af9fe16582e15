import { readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';

/** `qilian check`: every mistake of the site files at once; silent when there is none. */
export async function check(invocation: Invocation): Promise<ExitCode> {
  await readSite(invocation);
  return 0;
}
