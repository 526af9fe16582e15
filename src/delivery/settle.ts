import type { Attempt, Ended, Settlement } from '../port/store.ts';
import type { Entry, Member } from '../record/batch.ts';
import type { Problem } from '../record/problem.ts';
import type { Receipt } from '../record/receipt.ts';
import type { Load, Planned } from './compose.ts';
import { ledgerAfter, ledgerOfWhole } from './plan.ts';

/** Receipts by row_guid, when there is exactly one for each entry and none for anything else; otherwise null. */
export function matchReceipts(entries: readonly Entry[], receipts: readonly Receipt[]): ReadonlyMap<string, Receipt> | null {
  if (receipts.length !== entries.length) return null;
  const byGuid = new Map(receipts.map((receipt) => [receipt.rowGuid, receipt]));
  return byGuid.size === entries.length && entries.every((entry) => byGuid.has(entry.rowGuid)) ? byGuid : null;
}

/** What a batch's receipts change: each envelope moves on, has arrived, or is set aside with the region's words. */
export function settlementOf(load: Load, receipts: ReadonlyMap<string, Receipt>, about: { batch: string; at: number; attempt: Attempt }): Settlement {
  const delivered: Ended[] = [];
  const advanced: { seq: number; position: number }[] = [];
  const quarantined: (Ended & { problems: readonly Problem[] })[] = [];
  load.members.forEach((member, index) => {
    const planned = load.planned[index];
    if (planned === undefined) throw new Error('a member without its envelope');
    const outcome = outcomeOf(member, planned, receipts);
    if (outcome.state === 'delivered') delivered.push(outcome.ended);
    else if (outcome.state === 'advanced') advanced.push({ seq: member.seq, position: member.from + member.count });
    else quarantined.push({ ...outcome.ended, problems: outcome.problems });
  });
  return {
    ...about, state: 'settled', receipts: load.entries.map((entry) => receiptLine(receipts.get(entry.rowGuid))).join('\n'),
    delivered, advanced, quarantined, reopened: [], halves: [],
  };
}

type Outcome =
  | { readonly state: 'delivered'; readonly ended: Ended }
  | { readonly state: 'advanced' }
  | { readonly state: 'quarantined'; readonly ended: Ended; readonly problems: readonly Problem[] };

function outcomeOf(member: Member, planned: Planned, receipts: ReadonlyMap<string, Receipt>): Outcome {
  const { plan } = planned;
  const end = member.from + member.count;
  const problems: Problem[] = [];
  const accepted: Entry[] = plan.slice(0, member.from);
  for (let index = member.from; index < end; index += 1) {
    const entry = plan[index];
    const receipt = entry === undefined ? undefined : receipts.get(entry.rowGuid);
    if (entry === undefined || receipt === undefined) throw new Error('an entry without its receipt');
    if (receipt.verdict === 'refused') problems.push(refusal(entry, receipt));
    else accepted.push(entry);
  }
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

function receiptLine(receipt: Receipt | undefined): string {
  if (receipt === undefined) return '';
  const { rowGuid, verdict, code, field = '', message = '' } = receipt;
  return `${rowGuid}\t${verdict}\t${flat(code)}\t${flat(field)}\t${flat(message)}`;
}

function flat(text: string): string {
  return text === '' ? text : text.replaceAll(/[\t\r\n]/g, ' ');
}
