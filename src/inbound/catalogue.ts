import type { InboundLook } from '../port/inbound.ts';
import type { CatalogueProfile } from '../port/pull-profile.ts';
import type { Change } from '../record/change.ts';
import type { Mapped } from '../record/envelope.ts';
import type { Problem } from '../record/problem.ts';
import { fieldOf, readIssued } from './issued-text.ts';

type Examine = (change: Change) => Mapped;

/** The codes of the base catalogue (基本目录) that the region has withdrawn, by its newest word on each. */
export async function withdrawnCodes(profile: CatalogueProfile, store: Pick<InboundLook, 'issued'>): Promise<ReadonlySet<string>> {
  const withdrawn = new Set<string>();
  for (let after = ''; ;) {
    const page = await store.issued(profile.resource, after, 1_000);
    for (const { key, text } of page) if (profile.withdrawn.includes(fieldOf(readIssued(text), profile.state) ?? '')) withdrawn.add(key);
    if (page.length < 1_000) return withdrawn;
    after = page.at(-1)?.key ?? '';
  }
}

/** Warns of every item under a withdrawn code; the item travels on, for only the region can say what takes its place. */
export function warningOf({ tables, field }: CatalogueProfile, withdrawn: ReadonlySet<string>, examine: Examine): Examine {
  if (withdrawn.size === 0) return examine;
  return (change) => {
    const mapped = examine(change);
    if (mapped.state !== 'good') return mapped;
    const problems = mapped.records.filter(({ table }) => tables.includes(table)).flatMap(({ table, body }): readonly Problem[] => {
      const code = (JSON.parse(body) as Record<string, unknown>)[field];
      return typeof code === 'string' && withdrawn.has(code) ? [{ code: 'CATALOGUE_WITHDRAWN', severity: 'warn', table, field, facts: { value: code } }] : [];
    });
    return problems.length === 0 ? mapped : { ...mapped, problems: [...mapped.problems, ...problems] };
  };
}
