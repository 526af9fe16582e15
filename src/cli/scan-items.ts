import { scanItems } from '../inbound/scan-items.ts';
import { openCounty } from './county.ts';
import { readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { tableLines } from './table.ts';

/** `qilian scan-items`: the items that accept a scanned licence, with the materials each of them spares. */
export async function scanItemsShown(invocation: Invocation): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const site = await readSite(invocation);
  for (const one of site.scans) {
    const source = openCounty(invocation, site, one.source);
    const found = await scanItems(one, source).finally(() => source.close());
    if (json) parts.out(JSON.stringify({ title: one.title, count: found.length, items: found }));
    else {
      parts.out(texts.say('cli.scan.found', { title: one.title, count: found.length }));
      for (const line of tableLines(['code', 'item', 'spares'].map((key) => texts.say(`cli.head.${key}`)), found.map(({ code, name, spares }) => [code, name, spares.join('、')]))) parts.out(line);
    }
  }
  return 0;
}
