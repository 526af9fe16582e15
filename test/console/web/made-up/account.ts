import type { Account, AuditEntry, Calls } from '../../../../console/web/api/calls.ts';
import { at } from './figures.ts';

const minute = 60_000;
const day = 86_400_000;
type Answer<Name extends keyof Calls> = Calls[Name]['answer'];

export const quality: Answer<'getQuality'> = {
  at,
  datasets: [{ dataset: 'items', title: '政务服务事项', records: 1879, passed: 1867, refused: 12, rate: 0.9936 }, { dataset: 'cases', title: '办件', records: 31_851, passed: 31_420, refused: 431, rate: 0.9864 }, { dataset: 'licences', title: '电子证照', records: 233_000, passed: 228_114, refused: 4886, rate: 0.979 }],
  departments: [
    { dataset: 'licences', department: '乌审旗市场监督管理局', records: 41_200, passed: 37_030, refused: 4170, rate: 0.8987 }, { dataset: 'cases', department: '乌审旗市场监督管理局', records: 9100, passed: 8900, refused: 200, rate: 0.978 },
    { dataset: 'licences', department: '乌审旗卫生健康委员会', records: 12_420, passed: 11_904, refused: 516, rate: 0.9584 }, { dataset: 'cases', department: '乌审旗住房和城乡建设局', records: 4012, passed: 4003, refused: 9, rate: 0.9977 },
    { dataset: 'licences', department: null, records: 300, passed: 100, refused: 200, rate: 0.3333 },
  ] as never,
  rules: [{ code: 'CODE_UNMAPPED', title: '代码没有对应关系', dataset: 'licences', field: 'up_lic_data.certificate_type', rule: '', severity: 'refuse', records: 3120, alone: 3098 }, { code: 'DATE_ORDER', title: '日期先后不对', dataset: 'licences', field: 'up_lic_data.valid_to', rule: 'lic-valid-period', severity: 'refuse', records: 1766, alone: 1700 }] as never,
  days: Array.from({ length: 30 }, (_, index) => ['cases', 'licences'].map((dataset, which) => ({ dataset, day: new Date(at - (29 - index) * day + 8 * 3_600_000).toISOString().slice(0, 10), kept: 2000, refused: 20 + ((index * 7 + which * 13) % 60), rate: 0.98 }))).flat() as never,
};

export const months: Answer<'listBulletins'> = { months: [{ month: '2026-10', at: at - 22 * day }, { month: '2026-09', at: at - 53 * day }] };

/** Each month a little worse than the next. */
export const bulletin = (month: string): Answer<'getBulletin'> => ({
  month, at: months.months.find((one) => one.month === month)?.at ?? at,
  departments: (quality.departments as unknown as readonly { readonly dataset: string; readonly department: string | null; readonly records: number; readonly passed: number }[])
    .map(({ dataset, department, records, passed }) => ({ dataset, department, records: records - 90, passed: passed - 120, refused: records - passed + 30, rate: (passed - 120) / (records - 90) })) as never,
});

export const indicators: Answer<'getIndicators'> = {
  at,
  indicators: [
    { id: 'licence-collection', title: '电子证照归集率', formula: '地区持有的证照数 ÷ 旗县证照库应归集数', source: '自治区政务服务效能考核办法', value: 97.9, unit: '%', target: 95, numerator: 228_114, denominator: 233_000, why: '' },
    { id: 'case-timeliness', title: '办件上报及时率', formula: '办结后 24 小时内送达的办件数 ÷ 办结数', source: '自治区政务服务效能考核办法', value: 92.31, unit: '%', target: 98, numerator: 29_400, denominator: 31_851, why: '' },
    { id: 'rating', title: '好差评主动评价率', formula: '主动评价数 ÷ 办结数', source: '国办发〔2019〕51号', value: null, unit: '%', target: 30, numerator: null, denominator: null, why: '评价由地区下发，本站尚未接收' },
  ],
};

const entry = (seq: number, about: Partial<AuditEntry>): AuditEntry => ({ seq, at: at - seq * minute, time: new Date(at - seq * minute).toISOString(), actor: 'sys.bai', role: 'system', address: '10.15.8.21', action: 'pauseJob', object: 'licences', result: 'done', code: null, reason: '证照库今晚维护', before: { paused: false }, after: { paused: true }, mac: '9f1c0e77aa', ...about });

export const audit: Answer<'listAudit'> = {
  next: 4,
  entries: [entry(9, {}), entry(8, { actor: 'wuyun', role: 'operator', action: 'redrive', object: 'licences CODE_UNMAPPED 2B', reason: '代码已补', after: { examined: 3120, passed: 3098 } }), entry(7, { actor: 'naren', role: 'reader', action: 'runJob', object: 'cases', result: 'refused', code: 'FORBIDDEN', reason: '试一下' }), entry(6, { actor: '', role: '', action: 'logIn', object: '', result: 'refused', code: 'LOGIN_REFUSED', reason: null, before: null, after: null }), entry(5, { actor: 'anquan', role: 'security', action: 'decideUnmasking', object: '501', reason: '已核实来访登记' })],
};

const account = (id: number, about: Partial<Account>): Account => ({ id, login: 'x', name: 'x', role: 'operator', datasets: null, state: 'enabled', secondFactor: true, createdAt: at - 90 * day, createdBy: 'sys.bai', lastLoginAt: at - 40 * minute, lockedUntil: null, passwordEndsAt: at + 40 * day, own: false, ...about });

export const accounts: Answer<'listAccounts'> = {
  accounts: [account(1, { login: 'sys.bai', name: '白雪', role: 'system', own: true }), account(2, { login: 'anquan', name: '敖其尔', role: 'security' }), account(3, { login: 'shenji', name: '苏日娜', role: 'audit', lastLoginAt: at - 3 * day }), account(4, { login: 'wuyun', name: '乌云', datasets: ['licences', 'cases'] }), account(5, { login: 'naren', name: '娜仁', role: 'reader', lockedUntil: at + 20 * minute }), account(6, { login: 'temur', name: '特木尔', role: null, state: 'disabled', secondFactor: false, lastLoginAt: null })],
};

export const policy: Answer<'getPolicy'> = { minLength: 12, classes: 3, history: 5, maxAgeDays: 90, failures: 5, failureWindowMinutes: 15, lockMinutes: 30, addressFailures: 20, idleMinutes: 15, absoluteHours: 8, idleDays: 90, secondFactor: 'required' };

export const system: Answer<'getSystem'> = {
  site: '乌审旗（演示）', gateway: '0.1.0', node: '26.10.0', startedAt: at - 9 * day, at, siteVersion: 'a41f09c27be1', jobs: 6,
  store: { bytes: 412_876_800, consoleBytes: 1_228_800 }, disk: { freeBytes: 31_900_000_000, totalBytes: 250_000_000_000 }, clock: { skewMs: -420 },
  certificates: [{ what: '地区接口客户端证书', subject: 'CN=150626-gateway', endsAt: at + 19 * day }],
  audit: { entries: 18_204, headAt: at - minute, anchoredAt: at - minute, well: true },
  backups: [{ name: '2026-11-24T18-30', at: at - day, bytes: 410_000_000 }],
  config: [{ path: 'site', value: '乌审旗（演示）' }, { path: 'regionCode', value: '150626' }, { path: 'region.profile', value: 'nmg' }, { path: 'interface.auth.secret', value: '•••' }, { path: 'sources.hall.engine', value: 'sqlite' }],
};

export const rules: Answer<'listAlarmRules'> = { rules: [{ rule: 'silence', kind: 'silence', severity: 'alarm', datasets: null, words: '应有变动的分类超过 3 小时没有成功上报' }, { rule: 'backlog', kind: 'backlog', severity: 'warning', datasets: ['cases'], words: '最早一条等待超过 30 分钟' }] };
