import { judgePage, supposePage, type Judged, type Judging } from '../intake/judge-page.ts';
import type { SetAside } from '../port/quality.ts';
import type { Standing } from '../record/standing.ts';
import { lookAgain, type LookedAgain, type Today } from './look-again.ts';

/** One dataset's part of a page, judged anew. */
export interface JudgedAgain {
  readonly judged: readonly Judged[];
  /** Records that have moved on since the page was read, and those whose row is not at hand. */
  readonly moved: number;
  readonly unread: number;
}

/** What judging anew needs. */
export interface Again {
  readonly dataset: string;
  readonly store: Judging['store'];
  readonly today: Today;
}

/**
 * Judges records set aside by today's files. What the region refused is judged as if it had never been offered, so that the
 * same content may go again; everything else is judged as a run would judge it. `keeping` as in a run, `supposing` as in a plan.
 */
export async function judgeAgain(page: readonly SetAside[], again: Again, how: 'keeping' | 'supposing'): Promise<JudgedAgain> {
  const { dataset, store, today } = again;
  const standings = await store.standings(dataset, page.map((one) => one.key));
  const there = page.flatMap((one) => {
    const standing = standings.get(one.key);
    return standing?.seq === one.seq && standing.state === 'quarantined' ? [{ one, standing }] : [];
  });
  const looked: LookedAgain[] = [];
  for (const { one, standing } of there) {
    const found = await lookAgain(one, standing, today);
    if (found !== null) looked.push(found);
  }
  const refused = new Set(looked.filter(({ one }) => one.change === null).map(({ one }) => one.key));
  const judging: Judging = { job: { dataset }, store: offeringAnew(store, refused), ...(today.compare === undefined ? {} : { compare: today.compare }) };
  const work = how === 'keeping' ? judgePage : supposePage;
  const judged = await work(judging, { changes: looked.map((one) => one.change), mapped: looked.map((one) => one.mapped) });
  return { judged, moved: page.length - there.length, unread: there.length - looked.length };
}

function offeringAnew(store: Judging['store'], refused: ReadonlySet<string>): Judging['store'] {
  if (refused.size === 0) return store;
  return {
    ...store,
    standings: async (dataset, keys) => new Map([...await store.standings(dataset, keys)].map(([key, standing]): [string, Standing] => (
      [key, refused.has(key) ? { ...standing, fingerprint: '' } : standing]))),
  };
}
