import type { Difference, KeptComparison } from '../../../src/record/comparison.ts';
import { accepted, bodyOf, checkDataset, scopeOf, type Act, type Asked, type Handlers } from '../asked.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { titleOf } from './records.ts';

const usual = 50;
/** Comparisons looked through; the store keeps no more of each dataset. */
const most = 1_000;

/** Both sides compared: what differs, what would mend it, and mending it. */
export function comparisonRoutes(world: World): Handlers {
  const found = async (asked: Asked): Promise<KeptComparison> => {
    const one = (await world.office.comparisons(null, most)).find(({ id }) => id === Number(asked.path['comparison']));
    if (one === undefined) throw new Refusal(404, 'COMPARISON_UNKNOWN');
    checkDataset(asked, one.dataset);
    return one;
  };
  return {
    reads: {
      listComparisons: async (asked) => {
        const { dataset, after, limit = usual } = asked.query as { readonly dataset?: string; readonly after?: number; readonly limit?: number };
        const scope = scopeOf(asked);
        const all = (await world.office.comparisons(dataset ?? null, most)).filter((one) => (after === undefined || one.id < after) && (scope === null || scope.includes(one.dataset)));
        const page = all.slice(0, limit);
        return { json: { comparisons: page.map((one) => shown(one, world)), next: all.length > limit ? page.at(-1)?.id ?? null : null } };
      },
      getComparison: async (asked) => {
        const one = await found(asked);
        const { plan, create, update, remove, person } = await world.office.repairPlan(one);
        return { json: { comparison: shown(one, world), repair: one.equal === true ? null : { plan, sendAgain: create + update, takeBack: remove, look: person } } };
      },
      listDifferences: async (asked) => {
        const one = await found(asked);
        const { kind, after = 0, limit = usual } = asked.query as { readonly kind?: string; readonly after?: number; readonly limit?: number };
        const all = one.differences.map((difference, at) => ({ difference, id: at + 1 })).filter(({ difference, id }) => id > after && (kind === undefined || kindOf(difference) === kind));
        const page = all.slice(0, limit);
        const records = await Promise.all(page.map(async ({ difference }) => (difference.key === null ? null : (await world.read.find(difference.key, 'key', [one.dataset]))[0]?.record ?? null)));
        return {
          json: {
            differences: page.map(({ difference, id }, at) => ({ id, kind: kindOf(difference), table: difference.table, key: difference.key ?? difference.rowGuid, record: records[at] ?? null })),
            next: all.length > limit ? page.at(-1)?.id ?? null : null,
          },
        };
      },
    },
    acts: {
      compare: async (asked): Promise<Act> => {
        const { dataset } = bodyOf<{ readonly dataset: string }>(asked);
        checkDataset(asked, dataset);
        if (!world.site().datasets.some((one) => one.dataset === dataset)) throw new Refusal(404, 'DATASET_UNKNOWN', { dataset, known: world.site().datasets.map((one) => one.dataset).join('、') });
        return {
          object: `dataset ${dataset}`,
          perform: async () => {
            world.office.compare(dataset);
            return accepted;
          },
        };
      },
      repairComparison: async (asked): Promise<Act> => {
        const one = await found(asked);
        const { plan } = bodyOf<{ readonly plan: string }>(asked);
        const planned = await world.office.repairPlan(one);
        if (planned.plan !== plan) throw new Refusal(409, 'REPAIR_OTHER', { dataset: one.dataset, plan: planned.plan });
        return {
          object: `comparison ${one.id} of ${one.dataset}`, after: { plan, create: planned.create, update: planned.update, remove: planned.remove },
          perform: async () => {
            await world.office.repair(one, plan);
            return accepted;
          },
        };
      },
    },
  };
}

/** An older version of ours, and a row that is there twice, are there and differ. */
function kindOf({ kind }: Difference): 'missing' | 'extra' | 'different' {
  return kind === 'missing' || kind === 'extra' ? kind : 'different';
}

function shown({ id, dataset, at, ms, equal, tables, counts }: KeptComparison, world: World): unknown {
  const told = tables.map((one) => one.theirs);
  return {
    id, dataset, title: titleOf(dataset, world), startedAt: at, endedAt: at + ms, state: equal === null ? 'unknown' : equal ? 'equal' : 'different',
    ours: tables.reduce((sum, one) => sum + one.ours, 0), theirs: told.some((one) => one === null) ? null : told.reduce<number>((sum, one) => sum + (one ?? 0), 0),
    missing: counts.missing, extra: counts.extra, different: counts.different + counts.older + counts.duplicate,
  };
}
