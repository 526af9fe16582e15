import type { Book } from './book.ts';
import { type Seconds, daySeconds } from './calendar.ts';
import { type Dirt, dirtPlan } from './dirt.ts';
import { type LicenceTruth, composeLicence, encodeLicence, issuedBefore } from './licence-compose.ts';
import { soilLicence } from './licence-soil.ts';
import { type LicenceType, licenceTypes, typesByWeight } from './licence-types.ts';
import { type Luck, luckOf } from './luck.ts';
import { regionCode } from './places.ts';

/** What the licences are made from. */
export interface LicencesOrder {
  readonly seed: number;
  readonly licences: number;
  /** The newest second of any clean licence. */
  readonly until: Seconds;
}

/** Writes the table of licence types. */
export function writeLicenceTypes(book: Book): void {
  for (const type of licenceTypes) {
    book.put('licenceType', { LXDM: type.local, LXMC: type.name, GBLXDM: type.code, DYJG: type.definer, CZZTFL: type.holder === 'person' ? '0' : '1' });
  }
}

/** Writes the published licences, dirty ones among them, and some that are drafts or revoked. Tells after every ten thousand. */
export function writeLicences(book: Book, order: LicencesOrder, tell: (done: number) => void): void {
  const luck = luckOf(order.seed, 'licences');
  const dirt = dirtPlan('licences', order.licences);
  let twin: LicenceTruth | null = null;
  for (let n = 0; n < order.licences; n += 1) {
    const type = n < licenceTypes.length ? (licenceTypes[n] as LicenceType) : luck.pick(typesByWeight);
    const truth = freshLicence({ n, type, until: order.until }, luck);
    const kind = dirt.get(n);
    if (kind !== undefined && twin !== null) {
      writeDirtyLicence(book, truth, { kind, twin, late: order.until + 60 + (n % 1500), luck });
    } else {
      writeCleanLicence(book, truth);
      twin = truth;
    }
    if (n % 10000 === 9999) tell(n + 1);
  }
  const beside = Math.max(4, Math.round(order.licences * 0.01));
  for (let at = 0; at < beside; at += 1) {
    const truth = freshLicence({ n: order.licences + at, type: luck.pick(typesByWeight), until: order.until }, luck);
    book.put('licence', { ...encodeLicence(truth), ZZZT: at % 2 === 0 ? '0' : '4', SFQZ: '0', WJLJ: null });
  }
  tell(order.licences);
}

/** Writes one right licence to both files. */
export function writeCleanLicence(book: Book, truth: LicenceTruth): void {
  book.put('licence', encodeLicence(truth));
  book.expect('licences', String(truth.row['row_guid']), [{ table: 'up_lic_data', row: truth.row }]);
}

/** A licence with the n-th serial of the county; it was last touched when issued or when the library was tidied. */
export function freshLicence(order: { readonly n: number; readonly type: LicenceType; readonly until: Seconds }, luck: Luck): LicenceTruth {
  const issued = issuedBefore(order.until, luck);
  const gathered = Math.max(issued, order.until - luck.int(1500) * daySeconds - 86400);
  const modified = Math.min(order.until, gathered + luck.between(8 * 3600, 20 * 3600));
  const serial = `${regionCode}${String(order.n + 1).padStart(14, '0')}`;
  return composeLicence({ type: order.type, serial, issued, modified }, luck);
}

function writeDirtyLicence(book: Book, truth: LicenceTruth, how: { readonly kind: Dirt; readonly twin: LicenceTruth; readonly late: Seconds; readonly luck: Luck }): void {
  const county = encodeLicence(truth);
  const key = String(truth.row['row_guid']);
  const soil = soilLicence[how.kind.id];
  if (soil === undefined) throw new Error(`no way to make ${how.kind.id}`);
  soil({ county, truth, twin: String(how.twin.row['certificate_source_id']), late: how.late, luck: how.luck });
  if (how.kind.code === 'DUPLICATE_IDENTITY') book.leaveAlone('licences', String(how.twin.row['row_guid']));
  book.put('licence', county);
  book.fate(key, how.kind);
  const rows = [{ table: 'up_lic_data', row: truth.row }];
  if (how.kind.outcome === 'quarantined') book.mendable('licences', key, { county: [['licence', encodeLicence(truth)]], rows });
  else book.expect('licences', key, rows);
}
