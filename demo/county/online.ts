import { type Seconds, dayStart, stamp } from './calendar.ts';
import { type CaseTruth, caseNumbers, composeCase } from './case-compose.ts';
import { encodeCase, expectedCase } from './case-encode.ts';
import type { Book } from './book.ts';
import { amend, openDay, setColumns } from './day.ts';
import { itemsWithCases } from './day-items.ts';
import { luckOf, type Luck } from './luck.ts';
import type { RegionRow } from './region-row.ts';

/** A case applied for on the region's site, as the region issues it to the county. */
export type Application = Readonly<Record<string, unknown>>;

const fields = [
  'row_guid', 'project_no', 'task_code', 'task_handle_item', 'catalog_code', 'task_name', 'task_version', 'project_name', 'project_type', 'applyer_name', 'applyer_type',
  'applyer_page_type', 'applyer_page_code', 'contact_name', 'contact_type', 'contact_code', 'contact_mobile', 'legal', 'address', 'apply_type', 'apply_date', 'org_code', 'org_name',
] as const;

/** Applications of one morning, and the truth of what will become of each: the same seed gives the same. */
export function onlineTruths(book: Book, order: { readonly count: number; readonly seed: number; readonly asOf: string }): readonly CaseTruth[] {
  const luck = luckOf(order.seed, 'online');
  const day = openDay(book, order.asOf, luck);
  const alone = book.truth.prepare(`select 1 from left_alone where dataset = 'items' and key = ?`);
  const items = itemsWithCases(day, Math.min(order.count, 200)).filter((item) => item.site === 'hall' && alone.get(item.oid) === undefined);
  const numbers = caseNumbers(9000 - order.count);
  return Array.from({ length: order.count }, () => {
    const truth = composeCase({ item: luck.pick(items), applied: day.opens + luck.int(3 * 3600), until: day.opens + 30 * 86_400, numbers }, luck);
    return { ...truth, accept: { ...truth.accept, apply_type: '1' } };
  });
}

/** What the region issues of a truth; a later version has a later time. */
export function applicationOf(truth: CaseTruth, change: RegionRow = {}): Application {
  const told = Object.fromEntries(fields.map((name) => [name, truth.accept[name] ?? null]));
  return { ...told, update_time: truth.accept['apply_date'] ?? null, ...change, materials: truth.materials };
}

/** The window takes every application that has been entered, walks it to where it stands, and notes what the region should then hold. */
export function handleOnline(book: Book, truths: readonly CaseTruth[], asOf: string): { readonly entered: number; readonly copies: number } {
  const found = book.county.prepare('select count(*) as n from QLCASE where CASENUMBER = ?');
  let entered = 0, copies = 0;
  for (const [at, truth] of truths.entries()) {
    const number = String(truth.accept['project_no']);
    const n = Number(found.get(number)?.['n'] ?? 0);
    if (n === 0) continue;
    entered += 1;
    copies += n - 1;
    const key = String(truth.accept['row_guid']);
    const county = encodeCase(truth);
    const { CASESTATUS, ACCEPTANCEDATE, SHOULDCONCLUDEDATE, CONCLUDEDATE, ACCEPTDOCNO, ACCEPTUSERNAME, ZIPCODE, CERTWAY } = county.case;
    setColumns(book, { table: 'QLCASE', key: 'CASEOID', id: key }, {
      CASESTATUS: CASESTATUS ?? null, ACCEPTANCEDATE: ACCEPTANCEDATE ?? null, SHOULDCONCLUDEDATE: SHOULDCONCLUDEDATE ?? null, CONCLUDEDATE: CONCLUDEDATE ?? null,
      ACCEPTDOCNO: ACCEPTDOCNO ?? null, ACCEPTUSERNAME: ACCEPTUSERNAME ?? null, ZIPCODE: ZIPCODE ?? null, CERTWAY: CERTWAY ?? null, MODIFYDATE: stamp(evening(asOf) + at),
    });
    for (const row of county.steps) book.put('step', row);
    for (const row of county.suspensions) book.put('suspension', row);
    for (const row of county.results) book.put('result', row);
    book.expect('cases', key, expectedCase(truth));
  }
  return { entered, copies };
}

/** Applicants correct their telephone number at the region: every n-th application comes again. */
export function correctedOnline(book: Book, truths: readonly CaseTruth[], luck: Luck): readonly Application[] {
  return truths.filter((_, at) => at % 5 === 0).map((truth) => {
    const contact_mobile = `1390477${luck.digits(4)}`;
    amend(book, { dataset: 'cases', key: String(truth.accept['row_guid']), table: 'up_pro_accept' }, { contact_mobile });
    return applicationOf(truth, { contact_mobile, update_time: String(truth.accept['apply_date']).replace(/^\d{4}/u, '2027') });
  });
}

function evening(asOf: string): Seconds {
  return dayStart(asOf) + 18 * 3600;
}
