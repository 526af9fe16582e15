import type { TableShape } from '../contract/table-shape.ts';
import { filesUnder } from './files.ts';
import { gatewayFile } from './gateway-file.ts';
import type { LoadOptions } from './load-site.ts';
import type { Mistake } from './mistake.ts';
import { Reading } from './reading.ts';
import { regionFiles } from './region-files.ts';
import type { Site } from './site.ts';

/** What a first mapping stands on: gateway.yaml and the region's tables, before any mapping has been written. */
export interface Ground {
  readonly county: string;
  readonly sources: Site['sources'];
  readonly shapes: ReadonlyMap<string, TableShape>;
}

/** Reads just that; mistakes elsewhere are no hindrance. */
export async function loadGround({ dir, env, files }: Pick<LoadOptions, 'dir' | 'env' | 'files'>): Promise<Ground | { readonly mistakes: readonly Mistake[] }> {
  const reading = new Reading(files ?? filesUnder(dir), env);
  const root = await reading.root('gateway.yaml', 'filled');
  const gateway = root === undefined ? undefined : gatewayFile(root);
  if (gateway === undefined) return { mistakes: reading.mistakes };
  const { shapes } = await regionFiles(reading, gateway.region.folder ?? `mappings/region/${gateway.region.profile}`);
  return shapes === undefined ? { mistakes: reading.mistakes } : { county: gateway.county, sources: gateway.sources, shapes };
}
