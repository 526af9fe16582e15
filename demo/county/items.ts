import type { Book } from './book.ts';
import { type Seconds, daySeconds } from './calendar.ts';
import { type Dirt, dirtPlan } from './dirt.ts';
import { departments } from './departments.ts';
import { type ItemTruth, composeItem } from './item-compose.ts';
import { type CountyItem, encodeItem, expectedItem } from './item-encode.ts';
import { itemPlans } from './item-plan.ts';
import { soilItem } from './item-soil.ts';
import { type Luck, luckOf } from './luck.ts';
import { regionCode } from './places.ts';
import type { CountyRow, TableName } from './schema.ts';

/** What a case needs to know of the item it is about. */
export interface ItemRef {
  readonly oid: string;
  readonly organ: number;
  readonly taskCode: string;
  readonly handleItem: string;
  readonly catalogue: string;
  readonly localCatalogue: string;
  readonly localTask: string;
  readonly name: string;
  readonly version: number;
  readonly instant: boolean;
  readonly promiseDays: number;
  readonly resultName: string | null;
  readonly site: ItemTruth['county']['site'];
  readonly atTerminal: boolean;
  readonly online: boolean;
}

/** Writes the organisations. */
export function writeOrgans(book: Book): void {
  for (const { oid, uscc, name } of departments) book.put('organ', { ORGANOID: oid, ORGANCODE: uscc, ORGANNAME: name, DISTRICTCODE: regionCode });
}

/**
 * Writes the catalogue and its truth. Returns the clean items that cases may be about: every fifth is left out, so that
 * a later day can withdraw an item without taking cases with it.
 */
export function writeItems(book: Book, order: { readonly seed: number; readonly items: number; readonly until: Seconds }): readonly ItemRef[] {
  const luck = luckOf(order.seed, 'items');
  const plans = itemPlans(order.items, luckOf(order.seed, 'item-plan'));
  const dirt = dirtPlan('items', order.items);
  const refs: ItemRef[] = [];
  const cleanUntil = order.until - 2 * daySeconds;
  let twin: ItemRef | null = null;
  for (const [n, plan] of plans.entries()) {
    const truth = composeItem({ n, plan, until: cleanUntil }, luck);
    const kind = dirt.get(n);
    if (kind !== undefined && twin !== null) {
      writeDirtyItem(book, truth, { kind, twin, late: order.until - daySeconds + n });
      continue;
    }
    writeCleanItem(book, truth);
    const ref = refOf(truth, n);
    if (n % 5 === 0) continue;
    refs.push(ref);
    twin = ref;
  }
  writeUnpublished(book, { items: order.items, until: cleanUntil, plans }, luck);
  return refs;
}

/** Writes one right item to both files. */
export function writeCleanItem(book: Book, truth: ItemTruth): void {
  for (const [table, row] of rowsOfItem(encodeItem(truth))) book.put(table, row);
  book.expect('items', String(truth.basic['row_guid']), expectedItem(truth));
}

function writeDirtyItem(book: Book, truth: ItemTruth, how: { readonly kind: Dirt; readonly twin: ItemRef; readonly late: Seconds }): void {
  const county = encodeItem(truth);
  const right = rowsOfItem(encodeItem(truth));
  const key = String(truth.basic['row_guid']);
  const soil = soilItem[how.kind.id];
  if (soil === undefined) throw new Error(`no way to make ${how.kind.id}`);
  soil({ county, created: truth.county.created, twin: { handleItem: how.twin.handleItem }, late: how.late });
  if (how.kind.code === 'DUPLICATE_IDENTITY') book.leaveAlone('items', how.twin.oid);
  for (const [table, row] of rowsOfItem(county)) book.put(table, row);
  book.fate(key, how.kind);
  if (how.kind.outcome === 'quarantined') book.mendable('items', key, { county: right, rows: expectedItem(truth) });
  else book.expect('items', key, expectedItem(truth));
}

function rowsOfItem(county: CountyItem): readonly (readonly [TableName, CountyRow])[] {
  return [
    ['item', county.item],
    ...county.materials.map((row) => ['itemMaterial', row] as const),
    ...county.fees.map((row) => ['itemFee', row] as const),
    ...county.questions.map((row) => ['itemQuestion', row] as const),
  ];
}

/** Drafts, paused, cancelled and deleted items that stand beside the published ones. */
function writeUnpublished(book: Book, order: { readonly items: number; readonly until: Seconds; readonly plans: ReturnType<typeof itemPlans> }, luck: Luck): void {
  const count = Math.max(4, Math.round(order.items * 0.04));
  for (let at = 0; at < count; at += 1) {
    const truth = composeItem({ n: order.items + at, plan: order.plans[at] as (typeof order.plans)[number], until: order.until }, luck);
    const county = encodeItem(truth);
    const [status, deleted] = ([['1', '0'], ['4', '0'], ['5', '0'], ['3', '1']] as const)[at % 4] as readonly [string, string];
    const item = { ...county.item, SERVICESTATUS: status, DELFLAG: deleted };
    for (const [table, row] of rowsOfItem({ ...county, item })) book.put(table, row);
  }
}

/** What cases about this item need to know of it; `n` is the number it was composed with. */
export function refOf(truth: ItemTruth, n: number): ItemRef {
  const { basic, extend, county } = truth;
  return {
    oid: String(basic['row_guid']),
    organ: n % departments.length,
    taskCode: String(basic['task_code']),
    handleItem: String(basic['task_handle_item']),
    catalogue: String(basic['catalog_code']),
    localCatalogue: String(basic['local_catalog_code']),
    localTask: String(basic['local_task_code']),
    name: String(basic['task_name']),
    version: Number(basic['task_version']),
    instant: basic['project_type'] === '1',
    promiseDays: Number(basic['promise_day']),
    resultName: extend['result_name'] === null || extend['result_name'] === undefined ? null : String(extend['result_name']),
    site: county.site,
    atTerminal: extend['is_service_terminals'] === '1',
    online: extend['is_online'] === '1',
  };
}
