import type { Attempt, Settlement } from '../port/store.ts';
import type { Answer } from '../record/receipt.ts';
import { carriedOf, type Carried, type CourierSetting } from './carried.ts';
import type { Load, Planned } from './compose.ts';
import { ledgerAfter } from './plan.ts';
import { endedOf, refusal } from './settle.ts';

/** A batch that was refused as a whole. */
export interface Refused {
  readonly answer: Extract<Answer, { verdict: 'refused' }>;
  readonly attempt: Attempt;
}

/**
 * A batch refused whole is halved until the bad record stands alone; the good ones go through. One bad record among n
 * costs about 2·log2 n requests. Returns the batches that take its place; they are in the store already.
 */
export async function halve(setting: CourierSetting, carried: Carried, refused: Refused): Promise<readonly Carried[]> {
  const { load, batch } = carried;
  const base = {
    batch: batch.no, at: refused.attempt.at, attempt: refused.attempt, receipts: '',
    delivered: [], advanced: [], quarantined: [], reopened: [], halves: [],
  } satisfies Omit<Settlement, 'state'>;
  if (load.entries.length === 1) {
    await setting.store.settle([{ ...base, state: 'settled', quarantined: [aloneAndRefused(load, refused)] }]);
    return [];
  }
  const halves = halvesOf(load).map((half) => carriedOf(setting, batch.dataset, half));
  await setting.store.settle([{ ...base, state: 'split', halves: halves.map((half) => half.batch) }]);
  return halves;
}

/** By envelopes while there are several; a single envelope goes on with the first half of its entries, the rest follows. */
function halvesOf(load: Load): readonly Load[] {
  const [member] = load.members;
  if (member !== undefined && load.members.length === 1) {
    const count = Math.ceil(member.count / 2);
    return [{ ...load, members: [{ ...member, count }], entries: load.entries.slice(0, count) }];
  }
  const middle = Math.ceil(load.members.length / 2);
  return [part(load, 0, middle), part(load, middle, load.members.length)];
}

function part(load: Load, from: number, to: number): Load {
  const before = load.members.slice(0, from).reduce((sum, member) => sum + member.count, 0);
  const members = load.members.slice(from, to);
  const count = members.reduce((sum, member) => sum + member.count, 0);
  return { ...load, members, planned: load.planned.slice(from, to), entries: load.entries.slice(before, before + count) };
}

function aloneAndRefused(load: Load, { answer }: Refused): Settlement['quarantined'][number] {
  const [member] = load.members;
  const [planned] = load.planned;
  if (member === undefined || planned === undefined) throw new Error('a batch without a member');
  const { code, message } = answer;
  return { ...endedOf(planned, member.from + 1, arrived(planned, member.from)), problems: [refusal({ table: load.table }, { code, message })] };
}

function arrived(planned: Planned, position: number): ReturnType<typeof ledgerAfter> {
  return position === 0 ? planned.ledger : ledgerAfter(planned.envelope, planned.ledger, planned.plan.slice(0, position));
}
