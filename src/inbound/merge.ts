import type { Decide, Owner } from '../record/issued.ts';

/** What is known of one column: both sides' values now, and the value both last agreed on (undefined: never). */
export interface Sides {
  readonly agreed: string | null | undefined;
  readonly county: string | null;
  readonly region: string | null;
}

/**
 * `none`: the county's row stays as it is. `region`: the region's value is written. `conflict`: both changed it, and a
 * person must say who is right; until then each side keeps its own. `agreed` is what both agree on from now on.
 */
export type Merged =
  | { readonly take: 'none' | 'region'; readonly agreed: string | null | undefined; readonly ruled?: 'region' | 'county' }
  | { readonly take: 'conflict'; readonly agreed: string | null | undefined };

/**
 * Decides one column of a row that is there. Pure, and the same answer however often it is asked: applying it and asking
 * again gives `none`.
 *
 *     owner     county = region    only region moved    only county moved    both moved
 *     region    –                  region               region               region
 *     county    –                  –                    –                    –
 *     empty     –                  region where the county has nothing
 *     shared    agreed             region               –                    by rule, or conflict
 */
export function merge(owner: Owner, decide: Decide, { agreed, county, region }: Sides): Merged {
  switch (owner) {
    case 'county': return { take: 'none', agreed };
    case 'empty': return county === null && region !== null ? { take: 'region', agreed: region } : { take: 'none', agreed };
    case 'region': return { take: county === region ? 'none' : 'region', agreed: region };
    case 'shared': return shared(decide, { agreed, county, region });
  }
}

function shared(decide: Decide, { agreed, county, region }: Sides): Merged {
  if (county === region) return { take: 'none', agreed: region };
  if (region === agreed) return { take: 'none', agreed };
  if (county === agreed || (agreed === undefined && county === null)) return { take: 'region', agreed: region };
  switch (decide) {
    case 'region': return { take: 'region', agreed: region, ruled: 'region' };
    case 'county': return { take: 'none', agreed: region, ruled: 'county' };
    case 'ask': return { take: 'conflict', agreed };
  }
}
