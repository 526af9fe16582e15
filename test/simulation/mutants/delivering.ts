import type { Region } from '../../../src/port/region.ts';
import type { Settlement } from '../../../src/port/store.ts';
import type { Parcel } from '../../../src/record/batch.ts';
import type { Answer, Fate, Receipt } from '../../../src/record/receipt.ts';
import { altering } from '../altered-desk.ts';
import type { Mutant } from '../mutant.ts';

const settlingAs = (change: (settlement: Settlement) => Settlement): NonNullable<Mutant['store']> => (store) => ({
  ...store, settle: async (settlements) => store.settle(settlements.map(change)),
});

const answering = (change: (answer: Fate, about: { readonly kind: 'push' | 'ask'; readonly sent: readonly string[] }) => Fate): NonNullable<Mutant['region']> => (region) => {
  const sent = new Map<string, readonly string[]>();
  return {
    ...region,
    push: async (parcel) => {
      sent.set(parcel.no, guidsOf(parcel));
      return change(await region.push(parcel), { kind: 'push', sent: guidsOf(parcel) }) as Answer;
    },
    ask: async (parcel) => change(await region.ask(parcel), { kind: 'ask', sent: sent.get(parcel.no) ?? [] }),
  };
};

/** Bugs on the way to the region and back. */
export const deliveringMutants: readonly Mutant[] = [
  { name: 'receipt-lost', says: 'the last receipt of a batch is not settled', store: settlingAs((one) => ({ ...one, delivered: one.delivered.length > 1 ? one.delivered.slice(0, -1) : one.delivered })) },
  { name: 'receipts-by-position', says: 'receipts are matched by their place and not by row_guid', region: answering((answer, { sent }) => withReceipts(answer, (receipts) => receipts.map((one, at) => ({ ...one, rowGuid: sent[at] ?? one.rowGuid })))) },
  { name: 'missing-receipt-is-yes', says: 'a record without a receipt is taken for accepted', region: answering((answer, { sent }) => withReceipts(answer, (receipts) => filledUp(receipts, sent))) },
  { name: 'foreign-receipts-ignored', says: 'receipts for records that were not sent are passed over, and the batch believed', region: answering((answer, { sent }) => withReceipts(answer, (receipts) => filledUp(receipts.filter((one) => sent.length === 0 || sent.includes(one.rowGuid)), sent))) },
  { name: 'refusal-is-yes-on-asking', says: 'a batch that is found on asking is taken for accepted as a whole', region: answering((answer, { kind }) => (kind === 'ask' ? withReceipts(answer, (receipts) => receipts.map((one) => ({ ...one, verdict: 'accepted' }))) : answer)) },
  { name: 'silence-is-no', says: 'no answer is taken for not arrived', region: answering((answer, { kind }) => (kind === 'ask' && answer.verdict === 'unknown' ? { verdict: 'never-seen' } : answer)) },
  { name: 'in-progress-is-no', says: 'a batch the region is still working on is sent again', region: answering((answer) => (answer.verdict === 'in-progress' ? { verdict: 'never-seen' } : answer)) },
  { name: 'silence-is-later', says: 'a batch without an answer is sent again and not asked after', region: answering((answer, { kind }) => (kind === 'push' && answer.verdict === 'unknown' ? { verdict: 'later', restMs: 100, reason: '' } : answer)) },
  { name: 'later-is-refused', says: 'a region that is busy is taken for one that refuses', region: answering((answer, { kind }) => (kind === 'push' && answer.verdict === 'later' ? { verdict: 'refused', code: '429', message: '' } : answer)) },
  { name: 'new-number-on-retry', says: 'a batch gets another number when it is sent again', region: renumbered },
  {
    name: 'leftovers-reopened', says: 'after a crash what was on the road is sent anew, in new batches',
    desk: altering({
      of: `failure = 'PROCESS_ENDED'`, to: `failure = 'PROCESS_ENDED'`,
      also: [`update batch set state = 'released' where state = 'open'`, `update envelope set state = 'open' where state = 'lent'`],
    }),
  },
  { name: 'first-leftover-only', says: 'after a crash only the first batch on the road is carried on', store: (store) => ({ ...store, openBatches: async (dataset) => (await store.openBatches(dataset)).slice(0, 1) }) },
  { name: 'half-lost', says: 'of a batch that is halved the second half is forgotten', store: settlingAs((one) => ({ ...one, halves: one.halves.slice(0, 1) })) },
  { name: 'ledger-forgets-part', says: 'what the region accepted of a record it refused in part is not written into the ledger', store: settlingAs((one) => ({ ...one, quarantined: one.quarantined.map((ended) => ({ ...ended, ledger: null, wasAtRegion: false })) })) },
  { name: 'ledger-keeps-the-first', says: 'the ledger goes on saying what arrived first', desk: altering({ of: 'insert or replace into ledger (record, version, fingerprint, rows, settled_at)\n       select', to: 'insert or ignore into ledger (record, version, fingerprint, rows, settled_at)\n       select' }) },
  { name: 'removal-leaves-ledger', says: 'what was removed at the region stays in the ledger', desk: altering({ of: 'delete from ledger where record = ?', to: 'delete from ledger where record = ? and 1 = 0' }) },
  { name: 'place-lost', says: 'a record that arrives in several batches begins again after the first', store: settlingAs((one) => ({ ...one, advanced: one.advanced.map((moved) => ({ ...moved, position: 0 })) })) },
  { name: 'place-one-too-far', says: 'a record that arrives in several batches leaves out a row', store: settlingAs((one) => ({ ...one, advanced: one.advanced.map((moved) => ({ ...moved, position: moved.position + 1 })) })) },
  { name: 'attempt-not-noted', says: 'what was tried is not written down', store: settlingAs((one) => ({ ...one, attempt: null })) },
  { name: 'not-lent', says: 'an envelope that is in a batch may go into another one', desk: altering({ of: 'update envelope set state = ? where seq between ? and ? and state = ?', to: 'update envelope set state = state where ?1 = ?1 and seq between ? and ? and state = ?' }) },
  { name: 'stale-sent-again', says: 'a batch whose bytes have changed is sent again under its number', region: (region) => ({ ...region, wrap: (label, entries) => asItWas(region.wrap(label, entries)) }) },
];

const digests = new Map<string, string>();

/** Whatever a batch is wrapped as now is taken for what it was. */
function asItWas(parcel: Parcel): Parcel {
  const digest = digests.get(parcel.no) ?? parcel.digest;
  digests.set(parcel.no, digest);
  return { ...parcel, digest };
}

function renumbered(region: Region, { wrap }: Pick<Region, 'wrap'>): Region {
  const before = new Set<string>();
  return {
    ...region,
    push: async (parcel) => {
      if (!before.has(parcel.no)) {
        before.add(parcel.no);
        return region.push(parcel);
      }
      const no = `${parcel.no.slice(0, -1)}-`;
      return region.push({ ...parcel, no, digest: wrap({ no, table: parcel.table, time: '' }, []).digest });
    },
  };
}

function guidsOf(parcel: Parcel): readonly string[] {
  return (JSON.parse(Buffer.from(parcel.body).toString()) as { records: { row_guid: string }[] }).records.map((record) => record.row_guid);
}

function withReceipts(answer: Fate, change: (receipts: readonly Receipt[]) => readonly Receipt[]): Fate {
  return answer.verdict === 'settled' ? { ...answer, receipts: change(answer.receipts) } : answer;
}

/** Only what this process has sent is known to it. */
function filledUp(receipts: readonly Receipt[], sent: readonly string[]): readonly Receipt[] {
  if (sent.length === 0) return receipts;
  const told = new Set(receipts.map((one) => one.rowGuid));
  return [...receipts, ...sent.filter((guid) => !told.has(guid)).map((rowGuid): Receipt => ({ rowGuid, verdict: 'accepted', code: '0' }))];
}
