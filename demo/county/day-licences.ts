import { compactDay, dayText, stamp } from './calendar.ts';
import { type Day, amend, expectedRows, setColumns } from './day.ts';
import { mendSome } from './day-mend.ts';
import { composeLicence } from './licence-compose.ts';
import { nextVersion } from './licence-soil.ts';
import { typesByWeight } from './licence-types.ts';
import { writeCleanLicence } from './licences.ts';
import { nameOf } from './people.ts';
import { regionCode } from './places.ts';

const place = (id: string) => ({ table: 'DZZZ_ZZXX', key: 'ZZID', id });

/**
 * A day in the licence library: new, renewed, revoked and deleted licences, a gathering on one timestamp, rows that come
 * late with an older time, a correction that leaves no trace, some rows put right.
 */
export function changeLicences(day: Day, published: number): void {
  const share = (perTenThousand: number, least: number): number => Math.max(least, Math.round((published * perTenThousand) / 10000));
  const { book, luck, touched } = day;
  for (let n = share(6, 4); n > 0; n -= 1) fresh(day, day.moment());
  const oneMoment = day.moment();
  for (let n = share(43.3, 12); n > 0; n -= 1) fresh(day, oneMoment);
  for (const before of [600, 40 * 86400]) {
    fresh(day, stamp(day.newestBefore - before));
    touched.licences.late += 1;
  }
  for (const key of day.take('licences', share(3, 3))) renew(day, key);
  for (const key of day.take('licences', share(1, 2))) {
    setColumns(book, place(key), { ZZZT: '4', GXSJ: day.moment() });
    book.forget('licences', key);
    touched.licences.gone += 1;
  }
  for (const key of day.take('licences', share(0.2, 1))) {
    book.county.prepare('delete from DZZZ_ZZXX where ZZID = ?').run(key);
    book.forget('licences', key);
    touched.licences.gone += 1;
    touched.licences.deleted += 1;
  }
  for (const key of day.take('licences', share(0.2, 1))) {
    const name = nameOf(luck);
    setColumns(book, place(key), { CZZT: name });
    amend(book, { dataset: 'licences', key, table: 'up_lic_data' }, { certificate_holder: name });
    touched.licences.changed += 1;
    touched.licences.silent += 1;
  }
  mendSome(day, 'licences', share(1, 2));
}

/** A licence issued today; its serial is this day's own, so that no other day can have given it. */
function fresh({ book, luck, opens, touched }: Day, modified: string): void {
  const serial = `${regionCode}${compactDay(opens)}${luck.digits(10)}`;
  const issued = opens - (opens % 86400);
  const at = Date.parse(`${modified.replace(' ', 'T')}Z`) / 1000;
  writeCleanLicence(book, composeLicence({ type: luck.pick(typesByWeight), serial, issued, modified: at }, luck));
  touched.licences.new += 1;
}

/** The same licence for a further period: same type, issuer and serial, the version raised by one. */
function renew({ book, moment, opens, touched }: Day, key: string): void {
  const [before] = expectedRows(book, 'licences', key);
  const identifier = nextVersion(String(before?.row['certificate_source_id']));
  setColumns(book, place(key), { ZZBS: identifier, BFRQ: dayText(opens), YXQQ: dayText(opens), WJLJ: `/dzzz/${identifier}.OFD`, SFQZ: '1', ZZZT: '3', GXSJ: moment() });
  amend(book, { dataset: 'licences', key, table: 'up_lic_data' }, { certificate_source_id: identifier, issue_date: compactDay(opens) });
  touched.licences.changed += 1;
}
