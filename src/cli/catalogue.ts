import { warningOf, withdrawnCodes } from '../inbound/catalogue.ts';
import type { Cursor } from '../record/cursor.ts';
import { compileIntakes } from '../schedule/intakes.ts';
import { openCounty } from './county.ts';
import { lookInto, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { tableLines } from './table.ts';

/** `qilian catalogue`: the county's items under codes of the base catalogue that the region has withdrawn. */
export async function catalogue(invocation: Invocation): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const site = await readSite(invocation);
  const profile = site.profile.pull?.catalogue;
  const store = lookInto(invocation, site);
  try {
    const withdrawn = profile === undefined ? new Set<string>() : await withdrawnCodes(profile, store);
    const found: { readonly dataset: string; readonly key: string; readonly code: string }[] = [];
    const intakes = compileIntakes(site);
    for (const { dataset, records } of site.datasets) {
      const compiled = intakes.of(dataset);
      if (profile === undefined || withdrawn.size === 0 || compiled === undefined || !records.some(({ table }) => profile.tables.includes(table))) continue;
      const examine = warningOf(profile, withdrawn, compiled.examine);
      const source = openCounty(invocation, site, compiled.source);
      for (let cursor: Cursor | null = null, caughtUp = false; !caughtUp;) {
        const page = await source.sweep(compiled.selection, cursor, 500);
        for (const change of page.changes) {
          const mapped = examine(change);
          const code = mapped.state === 'good' ? mapped.problems.find((one) => one.code === 'CATALOGUE_WITHDRAWN')?.facts?.['value'] : undefined;
          if (code !== undefined) found.push({ dataset, key: mapped.key, code: String(code) });
        }
        [cursor, caughtUp] = [page.resume, page.caughtUp];
      }
      await source.close();
    }
    if (json) parts.out(JSON.stringify({ withdrawn: withdrawn.size, items: found }));
    else {
      parts.out(texts.say('cli.catalogue.found', { withdrawn: withdrawn.size, count: found.length }));
      if (found.length > 0) for (const line of tableLines(['dataset', 'key', 'code'].map((key) => texts.say(`cli.head.${key}`)), found.map((one) => [one.dataset, one.key, one.code]))) parts.out(line);
    }
    return 0;
  } finally {
    await store.close();
  }
}
