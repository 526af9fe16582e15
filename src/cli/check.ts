import { askedSources } from './asked-sources.ts';
import { mistakeLine, profileOf } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';

/**
 * `qilian check`: every mistake of the site files at once, held against the sources' real tables; silent when there is
 * none. A source that cannot be reached is named and is no mistake; that the demo has not made its county yet is no news.
 */
export async function check(invocation: Invocation): Promise<ExitCode> {
  const { parts, texts, siteDir, env, json } = invocation;
  const sources = askedSources(invocation);
  const read = await parts.loadSite({ ...profileOf(invocation), dir: siteDir, env, describe: sources.describe });
  const mistakes = 'mistakes' in read ? read.mistakes : [];
  const unreached = siteDir === parts.root ? [] : sources.unreached;
  if (json) {
    parts.out(JSON.stringify({ mistakes: mistakes.map((one) => ({ ...one, sentence: texts.sentence(one) })), unreached }));
  } else {
    for (const mistake of mistakes) parts.err(mistakeLine(mistake, texts));
    for (const { source, reason } of unreached) parts.err(texts.say('cli.check.unreached', { source, reason }));
    if (mistakes.length > 0) parts.err(texts.say('cli.check.mistakes', { count: mistakes.length }));
  }
  return mistakes.length > 0 ? 2 : 0;
}
