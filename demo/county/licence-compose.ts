import { type Seconds, compactDay, dayStart, dayText, daySeconds, stamp } from './calendar.ts';
import { licenceIdOf } from './check-digits.ts';
import { toCounty } from './county-codes.ts';
import { departments } from './departments.ts';
import type { LicenceType } from './licence-types.ts';
import type { Luck } from './luck.ts';
import { companyOf, personOf } from './people.ts';
import { regionCode } from './places.ts';
import type { RegionRow } from './region-row.ts';
import type { CountyRow } from './schema.ts';

/** A licence as the region should have it, with what only the county knows. */
export interface LicenceTruth {
  readonly row: RegionRow;
  readonly county: {
    readonly localType: string;
    readonly issued: Seconds;
    readonly years: number;
    readonly sealed: boolean;
    readonly modified: Seconds;
  };
}

/** What a licence is made of; the serial is unique in the county. */
export interface LicenceOrder {
  readonly type: LicenceType;
  readonly serial: string;
  readonly issued: Seconds;
  readonly modified: Seconds;
}

/** One licence, complete and right. */
export function composeLicence(order: LicenceOrder, luck: Luck): LicenceTruth {
  const { type } = order;
  const issuer = departments[type.issuer] as (typeof departments)[number];
  const holder = type.holder === 'person' ? personOf(luck) : companyOf(luck);
  return {
    row: {
      row_guid: luck.guid(),
      certificate_source_id: licenceIdOf({ type: type.code, issuer: issuer.uscc, serial: order.serial, version: '001' }),
      certificate_number: `乌${type.local.slice(2)}〔${dayText(order.issued).slice(0, 4)}〕第${order.serial.slice(-8)}号`,
      certificate_name: type.name,
      certificate_type: type.name,
      certificate_type_code: type.code,
      certificate_holder: holder.name,
      certificate_holder_code: 'citizenId' in holder ? holder.citizenId : holder.uscc,
      certificate_holder_type: 'citizenId' in holder ? '111' : '001',
      certificate_area_code: `${regionCode}000000`,
      issue_dept: issuer.name,
      issue_dept_code: issuer.uscc,
      issue_date: compactDay(order.issued),
    },
    county: { localType: type.local, issued: order.issued, years: type.years, sealed: luck.chance(0.93), modified: order.modified },
  };
}

/** Writes a licence the way the library keeps it: state 3 sealed, 2 composed but not yet sealed. */
export function encodeLicence(truth: LicenceTruth): CountyRow {
  const { row, county } = truth;
  const identifier = String(row['certificate_source_id']);
  const until = county.years === 0 ? null : yearsLater(county.issued, county.years);
  return {
    ZZID: row['row_guid'] ?? null, ZZBS: identifier, ZZBH: row['certificate_number'] ?? null, ZZMC: row['certificate_name'] ?? null, LXDM: county.localType,
    CZZT: row['certificate_holder'] ?? null, CZZTDM: row['certificate_holder_code'] ?? null,
    CZZTDMLX: toCounty('holderType', String(row['certificate_holder_type'])), BFJG: row['issue_dept'] ?? null, BFJGDM: row['issue_dept_code'] ?? null,
    BFRQ: dayText(county.issued), YXQQ: dayText(county.issued), YXQZ: until, ZZZT: county.sealed ? '3' : '2', SFQZ: county.sealed ? '1' : '0',
    WJLJ: county.sealed ? `/dzzz/${identifier}.OFD` : null, XZQH: regionCode, CJSJ: stamp(county.issued + 8 * 3600), GXSJ: stamp(county.modified),
  };
}

/** A day of issue, more often a recent one; from 2012 on. */
export function issuedBefore(until: Seconds, luck: Luck): Seconds {
  const first = dayStart('2012-01-04');
  const days = Math.floor((until - first) / daySeconds) - 3;
  return first + Math.floor(days * Math.sqrt(luck.next())) * daySeconds;
}

/** `yyyy-MM-dd` so many years later; 29 February becomes the 28th. */
function yearsLater(at: Seconds, years: number): string {
  const text = dayText(at);
  const later = `${Number(text.slice(0, 4)) + years}${text.slice(4)}`;
  return later.endsWith('-02-29') ? `${later.slice(0, 8)}28` : later;
}
