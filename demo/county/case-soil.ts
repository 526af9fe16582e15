import { compactDay, dayStart, stamp, writtenDay } from './calendar.ts';
import type { CaseTruth } from './case-compose.ts';
import type { CountyCase } from './case-encode.ts';
import { citizenEndingInX, citizenIdWithUnrealBirth, usccOf, wrongLast } from './check-digits.ts';
import type { Luck } from './luck.ts';
import { beyondBmpNames, fullWidth, ideographicSpace, longText, mongolianScriptNames } from './soil.ts';

/** What soiling a case needs: the county's rows, what is right (changed too where the odd value is the right one), an earlier number. */
export interface CaseSoil {
  readonly county: CountyCase;
  readonly truth: CaseTruth;
  readonly twin: string;
  readonly late: number;
  readonly luck: Luck;
}

type Cells = Record<string, string | number | null>;
const first = (rows: readonly Cells[]): Cells => rows[0] as Cells;

/** How each kind of dirt looks in the hall's case tables. */
export const soilCase: Readonly<Record<string, (soil: CaseSoil) => void>> = {
  'case-id-check': (s) => asPerson(s, wrongLast(citizen(s), '0123456789')),
  'case-id-birth': (s) => asPerson(s, citizenIdWithUnrealBirth(citizen(s))),
  'case-id-15': (s) => asPerson(s, citizen(s).slice(0, 6) + citizen(s).slice(8, 17)),
  'case-id-small-x': (s) => {
    const id = citizenEndingInX(citizen(s));
    asPerson(s, id.toLowerCase());
    rightApplicant(s, id);
  },
  'case-uscc-check': (s) => asCompany(s, wrongLast(company(s), '0123456789ABCDEFGHJKLMNPQRTUWXY')),
  'case-organisation-9': (s) => asCompany(s, company(s).slice(8, 17)),
  'case-document-unmapped': (s) => { s.county.case['CREDENTIALTYPE'] = '49'; },
  'case-channel-unmapped': (s) => { s.county.case['SOURCETYPE'] = '99'; },
  'case-name-blank': (s) => { s.county.case['APPLYUSERNAME'] = ` ${ideographicSpace} `; },
  'case-name-null-word': (s) => { s.county.case['APPLYUSERNAME'] = 'NULL'; },
  'case-name-beyond-bmp': (s) => { s.county.case['APPLYUSERNAME'] = s.luck.pick(beyondBmpNames); },
  'case-name-mongolian': (s) => {
    const name = s.luck.pick(mongolianScriptNames);
    s.county.case['APPLYUSERNAME'] = name;
    s.truth.accept['applyer_name'] = name;
  },
  'case-name-spaces': (s) => { s.county.case['APPLYUSERNAME'] = `${ideographicSpace}${s.county.case['APPLYUSERNAME']} ${ideographicSpace}`; },
  'case-phone-hyphens': (s) => {
    const phone = String(s.truth.accept['contact_mobile']);
    s.county.case['APPLYUSERPHONE'] = `${phone.slice(0, 3)}-${phone.slice(3, 7)} ${phone.slice(7)}`;
  },
  'case-phone-full-width': (s) => { s.county.case['APPLYUSERPHONE'] = fullWidth(String(s.truth.accept['contact_mobile'])); },
  'case-phone-two': (s) => { s.county.case['APPLYUSERPHONE'] = `${s.truth.accept['contact_mobile']}/10000000000`; },
  'case-applied-year-1': (s) => { s.county.case['CREATEDATE'] = '0001-01-01 00:00:00'; },
  'case-promised-2099': (s) => { s.county.case['SHOULDCONCLUDEDATE'] = '2099-12-31 00:00:00'; },
  'case-applied-unreal': (s) => { s.county.case['CREATEDATE'] = '2026-02-30 10:00:00'; },
  'case-accepted-before-applied': (s) => { s.county.case['ACCEPTANCEDATE'] = stamp(dayStart(appliedDay(s)) - 3600); },
  'case-applied-written': (s) => {
    s.county.case['CREATEDATE'] = writtenDay(dayStart(appliedDay(s)));
    s.truth.accept['apply_date'] = `${appliedDay(s)} 00:00:00`;
  },
  'case-applied-compact': (s) => {
    s.county.case['CREATEDATE'] = compactDay(dayStart(appliedDay(s))) + String(s.truth.accept['apply_date']).slice(11).replaceAll(':', '');
  },
  'case-step-ends-early': (s) => { first(s.county.steps)['ENDTIME'] = stamp(dayStart(appliedDay(s)) - 7200); },
  'case-step-opinion-missing': (s) => { first(s.county.steps)['OPINION'] = null; },
  'case-step-emoji': (s) => { first(s.county.steps)['REMARK'] = '已办好\u{1F44D}'; },
  'case-step-garbled': (s) => { first(s.county.steps)['OPINION'] = '同意\u0007，予以\u0000办理'; },
  'case-step-remark-long': (s) => {
    const remark = longText('经与申请人电话沟通，补充说明如下。', 300);
    first(s.county.steps)['REMARK'] = remark;
    (s.truth.steps[0] as Cells)['remark'] = remark.slice(0, 256);
  },
  'case-suspension-open': (s) => {
    s.county.suspensions.push({
      SPECIALOID: s.luck.guid(), CASEOID: s.county.case['CASEOID'] ?? null, SPECIALTYPE: '2', SPECIALNAME: '检验检测', REASON: '依法需要检验检测。', EXPLAIN: null,
      STARTTIME: String(s.truth.accept['accept_date']), ENDTIME: null, RESULT: null, APPLYUSERNAME: null, HANDLEUSERNAME: null, REMARK: null,
    });
  },
  'case-item-missing': (s) => { s.county.case['SERVICEOID'] = s.luck.guid(); },
  'case-number-old': (s) => { s.county.case['CASENUMBER'] = `150626${appliedDay(s).replaceAll('-', '')}00${s.luck.digits(4)}`; },
  'case-number-twice': (s) => {
    s.county.case['CASENUMBER'] = s.twin;
    s.county.case['MODIFYDATE'] = stamp(s.late);
  },
  'case-refused-unaccepted': (s) => {
    s.county.case['CASESTATUS'] = '7';
    s.county.case['ACCEPTANCEDATE'] = null;
  },
  'case-material-too-long': (s) => { first(s.county.materials)['MATERIALNAME'] = longText('关于建设项目有关情况的补充证明材料及其附件', 230); },
};

const appliedDay = (s: CaseSoil): string => String(s.truth.accept['apply_date']).slice(0, 10);
const citizen = (s: CaseSoil): string => String(s.truth.accept['contact_code']);
const company = (s: CaseSoil): string => (s.truth.accept['applyer_page_type'] === '001' ? String(s.truth.accept['applyer_page_code']) : usccOf('91150698', `MA9${s.luck.digits(5)}`));

function asPerson(s: CaseSoil, id: string): void {
  Object.assign(s.county.case, { APPLYUSERTYPE: '0', CREDENTIALTYPE: '31', CREDENTIALNUMBER: id, LEGALPERSON: null });
}

function asCompany(s: CaseSoil, code: string): void {
  Object.assign(s.county.case, { APPLYUSERTYPE: '1', CREDENTIALTYPE: '51', CREDENTIALNUMBER: code });
}

function rightApplicant(s: CaseSoil, id: string): void {
  Object.assign(s.truth.accept, { applyer_type: '1', applyer_page_type: '111', applyer_page_code: id, legal: null });
}
