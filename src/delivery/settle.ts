import type { Attempt, Ended, Settlement } from '../port/store.ts';
import type { Batch, Entry, Member } from '../record/batch.ts';
import { always, present } from '../record/invariant.ts';
import type { Problem } from '../record/problem.ts';
import type { Receipt } from '../record/receipt.ts';
import type { Load, Planned } from './compose.ts';
import { ledgerAfter, ledgerOfWhole } from './plan.ts';

/** The entries' receipts, in their order, when there is exactly one for each and none for anything else; otherwise null. */
export function matchReceipts(entries: readonly Entry[], receipts: readonly Receipt[]): readonly Receipt[] | null {
  if (receipts.length !== entries.length) return null;
  if (entries.every((entry, index) => entry.rowGuid === receipts[index]?.rowGuid)) return receipts;
  const byGuid = new Map(receipts.map((receipt) => [receipt.rowGuid, receipt]));
  if (byGuid.size !== entries.length) return null;
  const matched = entries.flatMap((entry) => byGuid.get(entry.rowGuid) ?? []);
  return matched.length === entries.length ? matched : null;
}

/** What a batch's receipts, in its entries' order, change: each envelope moves on, has arrived, or is set aside with the region's words. */
export function settlementOf(load: Load, receipts: readonly Receipt[], about: { batch: string; at: number; attempt: Attempt }): Settlement {
  always(receipts.length === load.entries.length, 'every entry has its receipt');
  const delivered: Ended[] = [];
  const advanced: { seq: number; position: number }[] = [];
  const quarantined: (Ended & { problems: readonly Problem[] })[] = [];
  let first = 0;
  load.members.forEach((member, index) => {
    const planned = present(load.planned[index], 'a member has its envelope');
    const outcome = outcomeOf(member, planned, receipts.slice(first, first + member.count));
    first += member.count;
    if (outcome.state === 'delivered') delivered.push(outcome.ended);
    else if (outcome.state === 'advanced') advanced.push({ seq: member.seq, position: member.from + member.count });
    else quarantined.push({ ...outcome.ended, problems: outcome.problems });
  });
  return {
    ...about, state: 'settled', receipts: receipts.map(receiptLine).join('\n'),
    delivered, advanced, quarantined, reopened: [], halves: [],
  };
}

/** A batch that is known not to have arrived: its envelopes go back to the line. */
export function givenBack({ no, members }: Batch, at: number): Settlement {
  return {
    batch: no, at, state: 'released', attempt: null, receipts: '',
    delivered: [], advanced: [], quarantined: [], halves: [], reopened: members.map((member) => member.seq),
  };
}

type Outcome =
  | { readonly state: 'delivered'; readonly ended: Ended }
  | { readonly state: 'advanced' }
  | { readonly state: 'quarantined'; readonly ended: Ended; readonly problems: readonly Problem[] };

function outcomeOf(member: Member, planned: Planned, receipts: readonly Receipt[]): Outcome {
  const { plan } = planned;
  const end = member.from + member.count;
  const sent = plan.slice(member.from, end);
  const problems: Problem[] = [];
  const accepted: Entry[] = plan.slice(0, member.from);
  sent.forEach((entry, index) => {
    const receipt = present(receipts[index], 'an entry has its receipt');
    always(receipt.rowGuid === entry.rowGuid, 'a receipt is its entry’s own');
    if (receipt.verdict === 'refused') problems.push(refusal(entry, receipt));
    else accepted.push(entry);
  });
  always(sent.length === member.count, 'a member’s entries are in its plan');
  if (problems.length > 0) return { state: 'quarantined', problems, ended: endedOf(planned, end, ledgerAfter(planned.envelope, planned.ledger, accepted)) };
  return end === plan.length
    ? { state: 'delivered', ended: endedOf(planned, end, ledgerOfWhole(planned.envelope)) }
    : { state: 'advanced' };
}

export function endedOf(planned: Planned, position: number, ledger: Ended['ledger']): Ended {
  return { seq: planned.envelope.seq, recordId: planned.recordId, position, wasAtRegion: planned.ledger !== null, ledger };
}

/** The region's refusal as a problem; its words are kept as they came and shown to people, never logged. */
export function refusal(entry: Pick<Entry, 'table'>, receipt: Pick<Receipt, 'code' | 'field' | 'message'>): Problem {
  return {
    code: 'REGION_REFUSED', severity: 'refuse', table: entry.table,
    ...(receipt.field === undefined ? {} : { field: receipt.field }),
    facts: { code: receipt.code, message: receipt.message ?? '' },
  };
}

function receiptLine(receipt: Receipt): string {
  const { rowGuid, verdict, code, field = '', message = '' } = receipt;
  return `${rowGuid}\t${verdict}\t${flat(code)}\t${flat(field)}\t${flat(message)}`;
}

function flat(text: string): string {
  return text === '' ? text : text.replaceAll(/[\t\r\n]/g, ' ');
}
