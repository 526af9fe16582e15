import { compactDay, stamp, writtenDay } from './calendar.ts';
import { citizenEndingInX, citizenIdWithUnrealBirth, licenceIdOf, usccOf, wrongLast } from './check-digits.ts';
import type { LicenceTruth } from './licence-compose.ts';
import type { Luck } from './luck.ts';
import { personOf } from './people.ts';
import type { CountyRow } from './schema.ts';
import { beyondBmpNames, fullWidth, ideographicSpace, longText, mongolianScriptNames } from './soil.ts';

/** What soiling a licence needs: the county's row, what is right (changed too where the odd value is the right one), an earlier identifier. */
export interface LicenceSoil {
  readonly county: CountyRow;
  readonly truth: LicenceTruth;
  readonly twin: string;
  readonly late: number;
  readonly luck: Luck;
}

/** How each kind of dirt looks in the licence library. */
export const soilLicence: Readonly<Record<string, (soil: LicenceSoil) => void>> = {
  'licence-id-check': (s) => held(s, '1', wrongLast(citizen(s), '0123456789')),
  'licence-id-birth': (s) => held(s, '1', citizenIdWithUnrealBirth(citizen(s))),
  'licence-id-15': (s) => {
    const id = citizen(s);
    held(s, '1', id.slice(0, 6) + id.slice(8, 17));
  },
  'licence-id-small-x': (s) => {
    const id = citizenEndingInX(citizen(s));
    held(s, '1', id.toLowerCase());
    Object.assign(s.truth.row, { certificate_holder_code: id, certificate_holder_type: '111' });
  },
  'licence-uscc-check': (s) => held(s, '2', wrongLast(company(s), '0123456789ABCDEFGHJKLMNPQRTUWXY')),
  'licence-organisation-9': (s) => held(s, '2', company(s).slice(8, 17)),
  'licence-holder-type-unmapped': (s) => held(s, '3', `E${s.luck.digits(8)}`),
  'licence-holder-blank': (s) => { s.county['CZZT'] = ` ${ideographicSpace}`; },
  'licence-holder-null-word': (s) => { s.county['CZZT'] = 'null'; },
  'licence-holder-beyond-bmp': (s) => { s.county['CZZT'] = s.luck.pick(beyondBmpNames); },
  'licence-holder-mongolian': (s) => {
    const name = s.luck.pick(mongolianScriptNames);
    s.county['CZZT'] = name;
    s.truth.row['certificate_holder'] = name;
  },
  'licence-holder-spaces': (s) => { s.county['CZZT'] = ` ${ideographicSpace}${s.county['CZZT']}${ideographicSpace}`; },
  'licence-holder-too-long': (s) => { s.county['CZZT'] = longText(`${s.county['CZZT']}、`, 280); },
  'licence-code-full-width': (s) => { s.county['CZZTDM'] = fullWidth(String(s.county['CZZTDM'])); },
  'licence-issued-compact': (s) => { s.county['BFRQ'] = compactDay(s.truth.county.issued); },
  'licence-issued-written': (s) => { s.county['BFRQ'] = writtenDay(s.truth.county.issued); },
  'licence-issued-unreal': (s) => { s.county['BFRQ'] = '2026-02-30'; },
  'licence-issued-year-1': (s) => { s.county['BFRQ'] = '0001-01-01'; },
  'licence-issued-2099': (s) => { s.county['BFRQ'] = '2099-12-31'; },
  'licence-issued-missing': (s) => { s.county['BFRQ'] = null; },
  'licence-issuer-code-missing': (s) => { s.county['BFJGDM'] = null; },
  'licence-type-unknown': (s) => { s.county['LXDM'] = 'ZZ9999'; },
  'licence-identifier-check': (s) => {
    const wrong = wrongLast(String(s.county['ZZBS']), '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    s.county['ZZBS'] = wrong;
    s.truth.row['certificate_source_id'] = wrong;
  },
  'licence-identifier-twice': (s) => {
    s.county['ZZBS'] = s.twin;
    s.county['GXSJ'] = stamp(s.late);
  },
  'licence-name-garbled': (s) => { s.county['ZZMC'] = `${String(s.county['ZZMC']).slice(0, 1)}\uFFFD\uFFFD`; },
  'licence-number-too-long': (s) => { s.county['ZZBH'] = longText('乌审旗〔2019〕第0001号至第0099号、', 150); },
};

/** The right identifier of the next version of a licence: renewal keeps type, issuer and serial. */
export function nextVersion(identifier: string): string {
  const [type, issuer, serial, version] = identifier.slice('1.2.156.3005.2.'.length).split('.') as [string, string, string, string];
  return licenceIdOf({ type, issuer, serial, version: String(Number(version) + 1).padStart(3, '0') });
}

function held(s: LicenceSoil, type: string, code: string): void {
  s.county['CZZTDMLX'] = type;
  s.county['CZZTDM'] = code;
}

const citizen = (s: LicenceSoil): string => (s.truth.row['certificate_holder_type'] === '111' ? String(s.truth.row['certificate_holder_code']) : personOf(s.luck).citizenId);
const company = (s: LicenceSoil): string => (s.truth.row['certificate_holder_type'] === '001' ? String(s.truth.row['certificate_holder_code']) : usccOf('91150698', `MA9${s.luck.digits(5)}`));
