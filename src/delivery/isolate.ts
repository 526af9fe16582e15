import type { Settlement } from '../port/store.ts';
import { always } from '../record/invariant.ts';
import { bring, type Ending, type Refused } from './bring.ts';
import { numbered, type Carried, type CourierSetting } from './carried.ts';
import type { Load, Planned } from './compose.ts';
import { ledgerAfter } from './plan.ts';
import { endedOf, givenBack, refusal } from './settle.ts';

/** A batch with a bad record in it: it was refused itself, or what it was split from was and the other half went through. */
interface Suspect {
  readonly carried: Carried;
  readonly own: Refused | null;
}

/**
 * Seeks the record for which a batch was refused as a whole. Of a batch with a bad record in it one half is asked:
 *
 *     first half ──goes through──▶ it is in the second, which need not be asked
 *                └──refused─────▶ it is in the first; the second waits, unasked
 *
 * so that one bad record among n stands alone after ⌈log2 n⌉ + 1 requests, the first refusal among them. What was never
 * asked goes back to the line and travels together. Refused once and everything else through may have been a whim of the
 * region: then the last record is sent alone before it is set aside. Rows that the region's words name are asked first.
 */
export async function isolate(setting: CourierSetting, carried: Carried, refused: Refused): Promise<Ending> {
  const unasked: Carried[] = [];
  let suspect: Suspect = { carried, own: refused };
  let latest = refused;
  let refusals = 1;
  let ending: Ending = 'settled';
  for (;;) {
    const { load } = suspect.carried;
    if (setting.refusals.failure !== null) {
      unasked.push(suspect.carried);
      break;
    }
    if (load.entries.length === 1 && (suspect.own !== null || refusals > 1)) {
      const settlement = setAside(setting, suspect, latest);
      setting.refusals.note(settlement);
      setting.settling.hand(settlement);
      break;
    }
    const [first, second] = load.entries.length === 1 ? [suspect.carried] : await split(setting, suspect, latest);
    const brought = await bring(setting, first);
    if (brought === 'left' || brought === 'released' || (brought === 'settled' && second === undefined)) {
      if (second !== undefined) unasked.push(second);
      ending = brought;
      break;
    }
    if (brought === 'settled') suspect = { carried: second ?? first, own: null };
    else {
      if (second !== undefined) unasked.push(second);
      suspect = { carried: first, own: brought };
      latest = brought;
      refusals += 1;
    }
  }
  if (unasked.length > 0) await setting.store.settle(unasked.map(({ batch }) => givenBack(batch, setting.clock.wallMs())));
  return ending;
}

/** Writes down the batches that take a suspect's place. */
function split(setting: CourierSetting, { carried, own }: Suspect, latest: Refused): Promise<readonly [Carried, Carried?]> {
  const end = own === null ? unsent(setting, carried) : { ...unsent(setting, carried), state: 'split' as const, at: own.attempt.at, attempt: own.attempt };
  const loads = halvesOf(carried.load, latest.answer.message);
  return numbered(setting, { dataset: carried.batch.dataset, loads }, async (halves) => {
    const [first, second] = halves;
    always(first !== undefined, 'a batch has a member');
    await setting.store.settle([{ ...end, halves: halves.map((half) => half.batch) }]);
    return second === undefined ? [first] : [first, second];
  });
}

/** What ends a batch that was never sent, and does nothing to its envelopes. */
function unsent({ clock }: CourierSetting, { batch }: Carried): Settlement {
  return { ...givenBack(batch, clock.wallMs()), reopened: [] };
}

/** By envelopes while there are several; a single envelope goes on with the first half of its entries, the rest follows. */
function halvesOf(load: Load, words: string): readonly Load[] {
  const [member] = load.members;
  if (member !== undefined && load.members.length === 1) {
    const count = Math.ceil(member.count / 2);
    return [{ ...load, members: [{ ...member, count }], entries: load.entries.slice(0, count) }];
  }
  const named = load.members.flatMap((one, at) => (isNamed(one.seq, load, words) ? [at] : []));
  if (named.length > 0 && named.length < load.members.length) return [part(load, (at) => named.includes(at)), part(load, (at) => !named.includes(at))];
  const middle = Math.ceil(load.members.length / 2);
  return [part(load, (at) => at < middle), part(load, (at) => at >= middle)];
}

/** Shorter row_guids could stand in any sentence. */
const shortestName = 16;

function isNamed(seq: number, load: Load, words: string): boolean {
  if (words.length < shortestName) return false;
  return entriesOf(load, load.members.findIndex((member) => member.seq === seq))
    .some(({ rowGuid }) => rowGuid.length >= shortestName && words.includes(rowGuid));
}

function part(load: Load, takes: (at: number) => boolean): Load {
  const places = load.members.map((_, at) => at).filter(takes);
  return {
    ...load,
    members: places.flatMap((at) => load.members[at] ?? []),
    planned: places.flatMap((at) => load.planned[at] ?? []),
    entries: places.flatMap((at) => entriesOf(load, at)),
  };
}

function entriesOf(load: Load, at: number): Load['entries'] {
  const before = load.members.slice(0, at).reduce((sum, member) => sum + member.count, 0);
  return load.entries.slice(before, before + (load.members[at]?.count ?? 0));
}

/** The record stands alone; it is set aside with the region's words. */
function setAside(setting: CourierSetting, { carried, own }: Suspect, latest: Refused): Settlement {
  const { load } = carried;
  const [member] = load.members;
  const [planned] = load.planned;
  always(member !== undefined && planned !== undefined, 'a batch has a member');
  const { code, message } = latest.answer;
  const ended = { ...endedOf(planned, member.from + 1, arrived(planned, member.from)), problems: [refusal({ table: load.table }, { code, message })] };
  const end = own === null ? unsent(setting, carried) : { ...unsent(setting, carried), state: 'settled' as const, at: own.attempt.at, attempt: own.attempt };
  return { ...end, quarantined: [ended] };
}

function arrived(planned: Planned, position: number): ReturnType<typeof ledgerAfter> {
  return position === 0 ? planned.ledger : ledgerAfter(planned.envelope, planned.ledger, planned.plan.slice(0, position));
}
