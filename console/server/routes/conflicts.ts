import { shownAs } from '../../../src/inbound/decide.ts';
import type { Conflict } from '../../../src/port/inbound.ts';
import { bodyOf, checkDataset, done, scopeOf, whoOf, type Asked, type Handlers } from '../asked.ts';
import { columnShowing } from '../contested-value.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { titleOf } from './records.ts';

const usual = 50;
/** More open ones are not counted. */
const most = 10_000;

/** Values that both sides changed: seeing both, and deciding whose counts. */
export function conflictRoutes(world: World): Handlers {
  return {
    reads: {
      listConflicts: async (asked) => {
        const { limit = usual } = asked.query as { readonly limit?: number };
        const scope = scopeOf(asked);
        const open = (await world.read.conflicts('open', most)).filter((one) => scope === null || scope.includes(datasetOf(one, world)));
        return { json: { total: open.length, conflicts: open.slice(0, limit).map((one) => shownConflict(one, world)) } };
      },
    },
    acts: {
      decideConflict: async (asked) => {
        const conflict = await openConflict(asked, world);
        const { side, seen, reason } = bodyOf<{ readonly side: 'county' | 'region'; readonly seen: string; readonly reason: string }>(asked);
        return {
          object: `conflict ${conflict.id} ${datasetOf(conflict, world)} ${conflict.key} ${conflict.table}.${conflict.column}`, after: { side },
          perform: async () => {
            await world.office.decideConflict({ id: conflict.id, side, seen, by: whoOf(asked).account.login, why: reason });
            return done;
          },
        };
      },
    },
  };
}

async function openConflict(asked: Asked, world: World): Promise<Conflict> {
  const id = Number(asked.path['conflict']);
  const conflict = await world.read.conflict(id);
  if (conflict === null) throw new Refusal(404, 'CONFLICT_NOT_OPEN', { id });
  checkDataset(asked, datasetOf(conflict, world));
  if (conflict.state !== 'open') throw new Refusal(409, 'CONFLICT_NOT_OPEN', { id });
  return conflict;
}

/** What an account may be limited to: the dataset in which the county reports the same rows, else the resource itself. */
function datasetOf({ resource }: Conflict, { site }: World): string {
  return site().downs.find((one) => one.resource === resource)?.up?.dataset ?? resource;
}

function shownConflict(one: Conflict, world: World): unknown {
  const { id, key, table, column, openedAt } = one;
  const dataset = datasetOf(one, world);
  const showing = columnShowing(world.site(), dataset, { table, column });
  const shown = (value: string | null): string | null => (value === null ? null : showing.show(value));
  return {
    id, dataset, title: titleOf(dataset, world), key, table, column, label: showing.label, class: showing.class,
    agreed: shown(one.agreed), county: shown(one.county), region: shown(one.region), seen: shownAs(one), openedAt,
  };
}
