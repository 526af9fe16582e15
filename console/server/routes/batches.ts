import { waitsForPeople, type Heard } from '../../../src/delivery/conclude.ts';
import type { OpenBatch } from '../../../src/port/store.ts';
import { bodyOf, checkDataset, done, scopeOf, whoOf, type Handlers } from '../asked.ts';
import { reasonText } from '../reason-text.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { titleOf } from './records.ts';

/** Batches in doubt of which the region cannot be asked, or has only a part: what a person has heard of them concludes them. */
export function batchRoutes(world: World): Handlers {
  return {
    reads: {
      listDoubtfulBatches: async (asked) => {
        const scope = scopeOf(asked);
        const all = (await inDoubt(world)).filter(({ dataset }) => scope === null || scope.includes(dataset));
        return { json: { batches: all.map(({ no, dataset, table, time, count, said }) => ({ no, dataset, title: titleOf(dataset, world), table, writtenAt: time, records: count, why: reasonText(said ?? '', asked.texts) })) } };
      },
    },
    acts: {
      concludeBatch: async (asked) => {
        const no = String(asked.path['batch']);
        const batch = (await inDoubt(world)).find((one) => one.no === no);
        if (batch === undefined) throw new Refusal(404, 'BATCH_NOT_OPEN', { batch: no });
        checkDataset(asked, batch.dataset);
        const { heard, reason } = bodyOf<{ readonly heard: Heard; readonly reason: string }>(asked);
        return {
          object: `batch ${no} ${batch.dataset}`, after: { heard, records: batch.count },
          perform: async () => {
            await world.office.concludeBatch({ no, heard, who: whoOf(asked).account.login, why: reason });
            return done;
          },
        };
      },
    },
  };
}

async function inDoubt({ read }: World): Promise<readonly OpenBatch[]> {
  return (await read.unconcluded()).filter(({ said }) => waitsForPeople(said));
}
