import { correcting } from '../intake/correct.ts';
import { forecast } from '../intake/forecast.ts';
import type { Judged } from '../intake/judge-page.ts';
import type { Reading } from '../intake/reader.ts';
import type { Clock } from '../port/clock.ts';

/** How a record at the county stands to what the gateway knows of it. */
export type CountyDifferenceKind = 'new' | 'changed' | 'gone' | 'bad';

export interface CountyDifference {
  readonly kind: CountyDifferenceKind;
  readonly key: string;
}

/** What came of holding every row the county publishes against the ledger. */
export interface CountyComparison {
  readonly dataset: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly ms: number;
  /** Records of the county, and records known that it no longer has. */
  readonly read: number;
  readonly counts: Readonly<Record<CountyDifferenceKind, number>>;
  readonly equal: boolean;
  /** The plan of the job that would mend it, for its confirmation. */
  readonly plan: string;
  readonly differences: readonly CountyDifference[];
}

/** Reads the county through as its sweep would, and keeps nothing; null when it was interrupted. */
export async function compareCounty(reading: Reading, about: { readonly clock: Clock; readonly goOn: () => Promise<boolean>; readonly progress: (read: number) => void }): Promise<CountyComparison | null> {
  const { clock, goOn, progress } = about;
  const [at, began] = [clock.wallMs(), clock.steadyMs()];
  const { examine } = correcting(reading.examine, await reading.store.corrections(reading.job.dataset));
  const differences: CountyDifference[] = [];
  const counts = { new: 0, changed: 0, gone: 0, bad: 0 };
  let read = 0;
  const found = await forecast({ ...reading, examine }, {
    goOn,
    each: async (judged) => {
      read += judged.length;
      for (const one of judged) {
        const kind = kindOf(one);
        if (kind === null) continue;
        counts[kind] += 1;
        differences.push({ kind, key: one.mapped.key });
      }
      progress(judged.length);
    },
  });
  return found === null ? null : {
    dataset: reading.job.dataset, at, ms: Math.round(clock.steadyMs() - began), read, counts, equal: differences.length === 0, plan: found.plan, differences,
  };
}

/** What is set aside as it was before, and what was gone before, agrees. */
function kindOf({ judgement }: Judged): CountyDifferenceKind | null {
  if (judgement.verdict !== 'keep') return null;
  const { keep } = judgement;
  if (keep.kind === 'quarantine') return 'bad';
  if (keep.kind === 'remove' || keep.kind === 'withdraw') return 'gone';
  return keep.before !== undefined && (keep.before.atRegion || keep.before.begun !== null) ? 'changed' : 'new';
}
