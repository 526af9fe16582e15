import type { Role, Session } from '../../../../console/web/api/calls.ts';
import * as account from './account.ts';
import { Refused, type Answers } from './console.ts';
import { content, found, unmaskings, walk } from './records.ts';
import * as work from './work.ts';
import { alarms, at, gates, history, jobs, missed, overview } from './figures.ts';

const everything = ['figures.read', 'jobs.act', 'jobs.plan', 'accounts.read', 'accounts.create', 'accounts.grant', 'system.read', 'system.act', 'alarms.read', 'alarms.acknowledge', 'policy.read', 'policy.write', 'unmask.approve', 'unmask.request', 'audit.read', 'data.read', 'records.mend'];

/** A session that may do everything, to see every page; no real role can. */
export function sessionOf(role: Role = 'operator', permissions: readonly string[] = everything): Session {
  return { state: 'in', stage: 'full', account: 4, login: 'wuyun', name: '乌云', role, permissions, datasets: null, csrf: 'c', idleAt: at + 900_000, endsAt: at + 8 * 3_600_000, secondFactor: true, passwordEndsAt: at + 60 * 86_400_000 };
}

/** Everything the pages ask for, as a county on an ordinary evening would answer. */
export const ordinary: Answers = {
  getSession: () => sessionOf(),
  getSetup: () => ({ needed: false, policy: { minLength: 12, classes: 3, secondFactor: 'required' } }),
  getOverview: () => overview,
  listAlarms: () => ({ alarms, next: null }),
  listGates: () => ({ gates }),
  listJobs: () => ({ jobs }),
  listMissedRuns: () => ({ missed }),
  listRuns: () => ({ runs: history, next: null }),
  searchRecords: () => ({ records: found, next: null }),
  getRecord: () => walk,
  getRecordVersion: () => content,
  getRecordDifferences: () => ({ fields: [
    { table: 'up_lic_data', row: 0, field: 'valid_to', label: '有效期止', from: '2029-04-30', to: '2024-04-30' },
    { table: 'up_lic_data', row: 0, field: 'holder_code', label: '持有人证件号', from: null, to: '1****************X' },
  ] }),
  listUnmaskings: () => ({ unmaskings }),
  listQuarantineGroups: () => work.groups,
  listQuarantine: () => work.list,
  getQuarantined: () => work.setAside,
  previewMending: () => work.preview,
  addCodes: () => ({ done: true }),
  redrive: () => ({ examined: 3120, passed: 3098, kept: 22 }),
  listConflicts: () => work.conflicts,
  listDoubtfulBatches: () => work.doubtful,
  concludeBatch: () => ({ done: true }),
  listMappings: () => work.mappings,
  listDictionaries: () => work.issued,
  getMapping: () => work.mapping,
  previewMapping: () => work.rows,
  getCodeTable: () => work.codeTable,
  listComparisons: () => work.comparisons,
  getComparison: () => work.comparison,
  listDifferences: () => work.differences,
  repairComparison: () => ({ done: true }),
  getQuality: () => account.quality,
  listBulletins: () => account.months,
  getBulletin: (given) => account.bulletin(String(given.path?.month)),
  getIndicators: () => account.indicators,
  listAudit: () => account.audit,
  verifyAudit: () => ({ whole: true, entries: 18_204, anchors: 12_960, faults: [] }),
  listAccounts: () => account.accounts,
  getPolicy: () => account.policy,
  getSystem: () => account.system,
  listAlarmRules: () => account.rules,
  logIn: () => {
    throw new Refused(401, 'LOGIN_REFUSED', '账号或密码不对');
  },
};
