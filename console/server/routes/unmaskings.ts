import type { Unmasking } from '../../../src/port/accounts.ts';
import { bodyOf, checkDataset, may, whoOf, type Act, type Asked, type Handlers } from '../asked.ts';
import { shownRows } from '../masking.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { rowsOf } from './records.ts';

const grantedMs = 10 * 60_000;
const mostShown = 200;

/** Seeing one record as it is: one asks and says why, another grants it, and it is over after ten minutes. */
export function unmaskingRoutes(world: World): Handlers {
  return {
    reads: {
      listUnmaskings: async (asked) => {
        const all = await world.accounts.unmaskings(may(asked, 'unmask.approve') ? null : whoOf(asked).account.id, mostShown);
        return { json: { unmaskings: await Promise.all(all.map((one) => shown(one, asked, world))) } };
      },
      getUnmasked: async (asked) => {
        const one = await wished(asked, world);
        if (one.askedBy !== whoOf(asked).account.id) throw new Refusal(403, 'NOT_YOURS', { dataset: one.dataset });
        if (stateOf(one, world) !== 'granted') throw new Refusal(403, 'UNMASKING_NOT_GRANTED');
        checkDataset(asked, one.dataset);
        const [found] = await world.read.found([one.record]);
        if (found === undefined) throw new Refusal(404, 'RECORD_UNKNOWN', { dataset: one.dataset, key: String(one.record) });
        const rows = await rowsOf(found.record, found.records.length > 0 ? found.version : 0, world);
        return { json: { record: found.record, dataset: found.dataset, version: found.version, masked: false, endsAt: one.endsAt, rows: shownRows(rows, world.site(), 'as-is') } };
      },
    },
    acts: {
      requestUnmasking: async (asked) => {
        const { record, reason } = bodyOf<{ readonly record: number; readonly reason: string }>(asked);
        const name = await world.read.recordName(record);
        if (name === null) throw new Refusal(404, 'RECORD_UNKNOWN', { dataset: '—', key: String(record) });
        checkDataset(asked, name.dataset);
        const wish = { record, dataset: name.dataset, askedBy: whoOf(asked).account.id, askedAt: world.clock.wallMs(), reason };
        return {
          object: `record ${record} of ${name.dataset}`,
          perform: async () => {
            const made = await world.accounts.unmasking(await world.accounts.askUnmasking(wish));
            if (made === null) throw new Refusal(404, 'UNMASKING_UNKNOWN');
            return { status: 201, json: await shown(made, asked, world) };
          },
        };
      },
      decideUnmasking: (asked) => decide(asked, world),
    },
  };
}

async function decide(asked: Asked, world: World): Promise<Act> {
  const one = await wished(asked, world);
  const { granted, reason } = bodyOf<{ readonly granted: boolean; readonly reason: string }>(asked);
  const who = whoOf(asked).account;
  if (one.askedBy === who.id) throw new Refusal(403, 'SECOND_PERSON_NEEDED');
  if (one.decidedBy !== null) throw new Refusal(409, 'UNMASKING_DECIDED');
  const now = world.clock.wallMs();
  return {
    object: `unmasking ${one.id}: record ${one.record} of ${one.dataset}`, after: { granted },
    perform: async () => {
      if (!(await world.accounts.decideUnmasking(one.id, { by: who.id, at: now, granted, reason, endsAt: granted ? now + grantedMs : null }))) throw new Refusal(409, 'UNMASKING_DECIDED');
      return { json: await shown(await world.accounts.unmasking(one.id) ?? one, asked, world) };
    },
  };
}

async function wished({ path }: Asked, { accounts }: World): Promise<Unmasking> {
  const one = await accounts.unmasking(Number(path['unmasking']));
  if (one === null) throw new Refusal(404, 'UNMASKING_UNKNOWN');
  return one;
}

function stateOf({ granted, endsAt }: Unmasking, { clock }: World): 'asked' | 'granted' | 'refused' | 'over' {
  if (granted === null) return 'asked';
  if (!granted) return 'refused';
  return (endsAt ?? 0) > clock.wallMs() ? 'granted' : 'over';
}

async function shown(one: Unmasking, asked: Asked, world: World): Promise<unknown> {
  const login = async (id: number | null): Promise<string | null> => (id === null ? null : (await world.accounts.account(id))?.login ?? '—');
  const { id, record, dataset, askedAt, reason, decidedAt, decision, endsAt } = one;
  return {
    id, record, dataset, state: stateOf(one, world), askedBy: await login(one.askedBy), askedAt, reason, decidedBy: await login(one.decidedBy), decidedAt, decision, endsAt,
    own: one.askedBy === whoOf(asked).account.id,
  };
}
