import type { Site } from '../config/site.ts';
import { correcting } from '../intake/correct.ts';
import type { Today } from '../mending/look-again.ts';
import type { Answerable } from '../mending/selection.ts';
import type { JudgingStore } from '../port/store.ts';
import type { KeptCorrection } from '../record/correction.ts';
import type { Source } from '../port/source.ts';
import { answerableOf } from '../quality/answerable.ts';
import { compileIntakes } from './intakes.ts';

/** By what records set aside are mended: a site's files as they are now, and its sources, opened when a row must be read again. */
export interface MendingParts {
  readonly answerable: Answerable;
  readonly todayOf: (dataset: string) => Today | undefined;
  /** Version of the site files. */
  readonly made: string;
  close(): Promise<void>;
}

/** Compiles a site for mending, with the corrections that hold. */
export function mendingParts(site: Site, openSource: (name: string) => Source, corrections: readonly KeptCorrection[]): MendingParts {
  const intakes = compileIntakes(site);
  const sources = new Map<string, Source>();
  const source = (name: string): Source => {
    const known = sources.get(name) ?? openSource(name);
    sources.set(name, known);
    return known;
  };
  return {
    answerable: answerableOf(site),
    made: site.version,
    todayOf: (dataset) => {
      const found = intakes.of(dataset);
      if (found === undefined) return undefined;
      const { compare, selection } = found;
      const { examine } = correcting(found.examine, corrections.filter((one) => one.dataset === dataset));
      return { examine, readAgain: async (key) => source(found.source).one(selection, key), ...(compare === undefined ? {} : { compare }) };
    },
    close: async () => {
      for (const one of sources.values()) await one.close();
    },
  };
}

/** Every correction of a site's datasets that holds. */
export async function correctionsOf(site: Site, store: Pick<JudgingStore, 'corrections'>): Promise<readonly KeptCorrection[]> {
  return (await Promise.all(site.datasets.map(({ dataset }) => store.corrections(dataset)))).flat();
}
