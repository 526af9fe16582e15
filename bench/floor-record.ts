import { goodCitizenId, goodLicenceId, goodUscc, realDay } from './floor-check-digits.ts';

/** Columns the licence job reads, in this order. */
export const columns = 'ZZID, ZZBS, ZZBH, ZZMC, LXDM, CZZT, CZZTDM, CZZTDMLX, BFJG, BFJGDM, BFRQ, XZQH';

/** What the licence type table says of a type: its name and national code. */
export type Types = ReadonlyMap<string, readonly [name: string, code: string]>;

/** A record ready to travel, or why it is not. */
export type Made = { readonly guid: string; readonly body: string; readonly warning: boolean } | { readonly guid: string; readonly fault: string };

/** Maps and checks one licence, all by hand: `today` is yyyyMMdd, `seen` holds the identifiers met before. */
export function licence(row: readonly unknown[], types: Types, { today, seen }: { readonly today: string; readonly seen: Set<string> }): Made {
  const guid = row[0] as string;
  const identifier = text(row[1]);
  const number = text(row[2]);
  const name = text(row[3]);
  const type = types.get(row[4] as string);
  const holder = text(row[5]);
  const holderCode = halfWidth(text(row[6])).toUpperCase();
  const holderType = row[7] === '1' ? '111' : row[7] === '2' ? '001' : null;
  const issuer = text(row[8]);
  const issuerCode = halfWidth(text(row[9])).toUpperCase();
  const issued = date(text(row[10]));
  const area = text(row[11]).padEnd(12, '0');
  if (type === undefined) return { guid, fault: 'LOOKUP_MISSING' };
  if (holderType === null && text(row[7]) !== '') return { guid, fault: 'CODE_UNMAPPED' };
  const fault = wrong(identifier, 128) ?? wrong(number, 128) ?? wrong(name, 512) ?? wrong(type[0], 256) ?? wrong(type[1], 64)
    ?? wrong(holder, 256) ?? wrong(holderCode, 256) ?? wrong(issuer, 256) ?? wrong(issuerCode, 32) ?? wrong(issued, 32) ?? wrong(area, 32);
  if (fault !== null) return { guid, fault };
  if (issued.length !== 8 || !realDay(issued, 0)) return { guid, fault: 'DATE_INVALID' };
  if (issued < '19491001' || issued > today) return { guid, fault: 'DATE_OUT_OF_RANGE' };
  if (holderType === '111' && !goodCitizenId(holderCode)) return { guid, fault: 'CITIZEN_ID_WRONG' };
  if (holderType === '001' && !goodUscc(holderCode)) return { guid, fault: 'USCC_WRONG' };
  if (seen.has(identifier)) return { guid, fault: 'DUPLICATE_IDENTITY' };
  seen.add(identifier);
  const body = JSON.stringify({
    row_guid: guid,
    certificate_area_code: area,
    certificate_holder: holder,
    certificate_holder_code: holderCode,
    certificate_holder_type: holderType,
    certificate_name: name,
    certificate_number: number,
    certificate_source_id: identifier,
    certificate_type: type[0],
    certificate_type_code: type[1],
    issue_date: issued,
    issue_dept: issuer,
    issue_dept_code: issuerCode,
  });
  return { guid, body, warning: !goodLicenceId(identifier) };
}

function text(value: unknown): string {
  if (typeof value !== 'string' || value.length === 0) return '';
  const first = value.charCodeAt(0);
  const last = value.charCodeAt(value.length - 1);
  const trimmed = first <= 32 || last <= 32 || first === 0x3000 || last === 0x3000 ? value.trim() : value;
  return trimmed.length === 4 && (trimmed === 'NULL' || trimmed === 'null') ? '' : trimmed;
}

function halfWidth(value: string): string {
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code >= 0xff01 && code <= 0xff5e) return value.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  }
  return value;
}

/** yyyyMMdd from yyyy-MM-dd, yyyy-MM-dd HH:mm:ss, yyyyMMdd or yyyy年M月d日; anything else stays and is refused. */
function date(value: string): string {
  if (value.charCodeAt(4) === 45 && value.charCodeAt(7) === 45) return value.slice(0, 4) + value.slice(5, 7) + value.slice(8, 10);
  const written = value.length > 8 ? /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(value) : null;
  return written === null ? value : `${written[1]}${written[2]?.padStart(2, '0')}${written[3]?.padStart(2, '0')}`;
}

function wrong(value: string, most: number): string | null {
  if (value === '') return 'VALUE_MISSING';
  if (value.length > most) return 'TEXT_TOO_LONG';
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code < 0xd800) continue;
    if (code < 0xe000) return 'CHAR_UNSUPPORTED';
    if (code === 0xfffd) return 'TEXT_GARBLED';
  }
  return null;
}
