import type { AnswerRule, ReceiptRule, ReceiptVerdict } from '../../src/port/profile.ts';
import type { Receipt } from '../../src/record/receipt.ts';
import { at, textIn } from './place.ts';

/** Receipts as the profile reads them out of a body, or why they cannot be read. */
export type Receipts = { readonly receipts: readonly Receipt[] } | { readonly unreadable: string };

/** What receipts are read for. */
export interface Asked {
  readonly rowGuids: readonly string[];
  /** The batch may have been here before: then “I have it already” means that it arrived. */
  readonly doubted: boolean;
}

/** Reads every list of receipts; records that no list names have what the profile says of others. */
export function readReceipts(rule: AnswerRule, body: unknown, asked: Asked): Receipts {
  const rules = rule.receipts ?? [];
  const receipts: Receipt[] = [];
  let found = 0;
  for (const one of rules) {
    const list = at(body, one.list);
    if (list === undefined || list === null) continue;
    if (!Array.isArray(list)) return { unreadable: 'RECEIPTS_MISSING' };
    found += 1;
    for (const item of list as unknown[]) {
      const receipt = receiptOf(one, item, asked);
      if (receipt === null) return { unreadable: 'RECEIPT_UNREADABLE' };
      receipts.push(receipt);
    }
  }
  if (rule.others === undefined) return found === 0 ? { unreadable: 'RECEIPTS_MISSING' } : { receipts };
  const named = new Set(receipts.map((receipt) => receipt.rowGuid));
  const others = asked.rowGuids.filter((rowGuid) => !named.has(rowGuid)).map((rowGuid): Receipt => ({ rowGuid, verdict: rule.others ?? 'accepted', code: '' }));
  return { receipts: [...receipts, ...others] };
}

/** One verdict for every record of a batch. */
export function sameForAll(verdict: ReceiptVerdict, said: { readonly code: string; readonly message: string }, asked: Asked): readonly Receipt[] {
  const message = said.message === '' || verdict === 'accepted' ? {} : { message: said.message };
  return asked.rowGuids.map((rowGuid) => ({ rowGuid, verdict: settledOf(verdict, asked), code: said.code, ...message }));
}

function receiptOf(rule: ReceiptRule, item: unknown, asked: Asked): Receipt | null {
  const rowGuid = textIn(item, rule.rowGuid);
  const code = rule.code === undefined ? '' : textIn(item, rule.code);
  if (rowGuid === undefined || code === undefined) return null;
  const verdict = meaningOf(rule.verdicts ?? {}, code) ?? rule.verdict;
  if (verdict === undefined) return null;
  const field = rule.field === undefined ? undefined : textIn(item, rule.field);
  const message = rule.message === undefined ? undefined : textIn(item, rule.message);
  return { rowGuid, verdict: settledOf(verdict, asked), code, ...(field === undefined ? {} : { field }), ...(message === undefined ? {} : { message }) };
}

/** A record that is there already arrived with the lost sending of this very batch, or is somebody else's: then a person must look. */
function settledOf(verdict: ReceiptVerdict, { doubted }: Asked): Receipt['verdict'] {
  if (verdict !== 'duplicate') return verdict;
  return doubted ? 'accepted' : 'refused';
}

/** What a table says of a code: itself, else the longest beginning written with a `*`. */
export function meaningOf<T>(meanings: Readonly<Record<string, T>>, code: string): T | undefined {
  if (Object.hasOwn(meanings, code)) return meanings[code];
  const [best] = Object.keys(meanings).filter((name) => name.endsWith('*') && code.startsWith(name.slice(0, -1))).toSorted((a, b) => b.length - a.length);
  return best === undefined ? undefined : meanings[best];
}
