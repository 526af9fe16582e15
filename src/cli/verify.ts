import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '../record/failure.ts';
import { consoleFiles, consoleKey } from './console-memory.ts';
import type { ExitCode, Invocation } from './parts.ts';

/** Where a copy for an inspector lies; what is not told is in the data folder. */
export interface VerifyOptions {
  readonly audit?: string;
  readonly anchors?: string;
  readonly key?: string;
}

/** `qilian verify`: whether the audit is as it was written, by its chain and its anchors; needs no running gateway. 1 when it is not. */
export async function verify(invocation: Invocation, options: VerifyOptions): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const usual = consoleFiles(invocation.dataDir, invocation.env);
  const files = { audit: resolve(options.audit ?? usual.audit), anchors: resolve(options.anchors ?? usual.anchors), key: resolve(options.key ?? usual.key) };
  for (const file of [files.key, files.audit]) if (!existsSync(file)) throw new Failure('AUDIT_FILE_MISSING', { file });
  const verdict = parts.verifyAudit(files, consoleKey(files.key));
  if (json) parts.out(JSON.stringify({ ...files, ...verdict }));
  else {
    parts.out(texts.say(verdict.whole ? 'cli.verify.whole' : 'cli.verify.broken', { entries: verdict.entries, anchors: verdict.anchors }));
    for (const { code, line } of verdict.faults) parts.out(`${code} ${texts.sentence({ code, facts: { line } })}`);
    if (verdict.anchors === 0) parts.out(texts.say('cli.verify.unanchored'));
  }
  return verdict.whole ? 0 : 1;
}
