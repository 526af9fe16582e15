import type { Alarm, Gate, Job, MissedRuns, Overview, Run } from '../../../../console/web/api/calls.ts';

/** The moment at which the made-up console stands: 2026-11-25 21:58 in Ordos. */
export const at = Date.UTC(2026, 10, 25, 13, 58);
const minute = 60_000;
const hour = 60 * minute;

export const run = (id: number, about: Partial<Run> & Pick<Run, 'job' | 'title' | 'dataset'>): Run => ({
  id, mode: 'changes', state: 'done', startedAt: at - 9 * minute, endedAt: at - 8 * minute, perSecond: 4210,
  counts: { read: 1240, delivered: 1211, quarantined: 9, same: 20, pending: 0 }, failure: null, ...about,
});

const runs = {
  items: run(41, { job: 'items', title: '事项上报', dataset: 'items', counts: { read: 12, delivered: 3, quarantined: 0, same: 9, pending: 0 } }),
  cases: run(42, { job: 'cases', title: '办件上报', dataset: 'cases' }),
  licences: run(43, { job: 'licences', title: '证照上报', dataset: 'licences', state: 'failed', endedAt: at - 7 * minute, failure: { code: 'SOURCE_UNREACHABLE', what: '连不上证照库', mend: '请看证照库所在服务器是否开机' } }),
};

export const overview: Overview = {
  site: '乌审旗（演示）', at, version: 'a41f09c27be1', auditWell: true,
  region: { state: 'closed', since: null, reason: null },
  alarms: { open: 1, worst: 'alarm' },
  datasets: [
    { dataset: 'items', title: '政务服务事项', direction: 'up', atRegion: 1867, delivered: 2104, waiting: 0, quarantined: 12, oldestWaitingAt: null, today: { kept: 3, delivered: 3, refused: 0 }, yesterday: { kept: 18, delivered: 18, refused: 1 }, lastSuccessAt: at - 8 * minute, lastRun: runs.items, nextRunAt: at + 2 * minute, paused: false },
    { dataset: 'cases', title: '办件', direction: 'up', atRegion: 31_420, delivered: 40_233, waiting: 284, quarantined: 431, oldestWaitingAt: at - 26 * minute, today: { kept: 1904, delivered: 1620, refused: 22 }, yesterday: { kept: 2210, delivered: 2198, refused: 31 }, lastSuccessAt: at - 8 * minute, lastRun: runs.cases, nextRunAt: at + 2 * minute, paused: false },
    { dataset: 'licences', title: '电子证照', direction: 'up', atRegion: 228_114, delivered: 236_570, waiting: 0, quarantined: 4886, oldestWaitingAt: null, today: { kept: 540, delivered: 538, refused: 2 }, yesterday: { kept: 611, delivered: 601, refused: 10 }, lastSuccessAt: at - 3 * hour, lastRun: runs.licences, nextRunAt: at + 2 * minute, paused: false },
  ],
};

export const alarms: readonly Alarm[] = [
  { id: 7, rule: 'silence-licences', kind: 'silence', severity: 'alarm', subject: '电子证照', what: '电子证照已有 3 小时没有成功上报', mend: '先看证照库能否连上（任务页最近一次运行写了原因），恢复后会自动补报，不需要重新导入', count: 4, firstAt: at - 3 * hour, lastAt: at - 9 * minute, overAt: null, acknowledged: null },
  { id: 6, rule: 'backlog-cases', kind: 'backlog', severity: 'warning', subject: '办件', what: '办件最早一条已等待 26 分钟', mend: '地区平台较慢时会积压，超过 2 小时请联系自治区运维', count: 1, firstAt: at - 20 * minute, lastAt: at - 20 * minute, overAt: null, acknowledged: { by: '乌云', at: at - 10 * minute, reason: '在看' } },
];

export const gates: readonly Gate[] = [
  { gate: 'region', title: null, state: 'open', since: null, reason: null, tryAt: null, said: null },
  { gate: 'items', title: '政务服务事项', state: 'open', since: null, reason: null, tryAt: null, said: null },
  { gate: 'cases', title: '办件', state: 'held', since: at - hour, reason: '等地区更新字典', tryAt: null, said: { word: 'hold', by: 'sys.bai', at: at - hour, reason: '等地区更新字典' } },
  { gate: 'licences', title: '电子证照', state: 'shut', since: at - 20 * minute, reason: '地区成批退回', tryAt: at + 20 * minute, said: null },
];

export const jobs: readonly Job[] = [
  { job: 'items', title: '事项上报', dataset: 'items', mode: 'changes', cron: '*/10 * * * *', words: '每 10 分钟', next: [at + 2 * minute, at + 12 * minute, at + 22 * minute], after: [], paused: null, running: null, waiting: false, lastRun: runs.items },
  { job: 'cases', title: '办件上报', dataset: 'cases', mode: 'changes', cron: '*/5 * * * *', words: '每 5 分钟', next: [at + 2 * minute, at + 7 * minute, at + 12 * minute], after: ['items'], paused: null, running: { run: 44, job: 'cases', startedAt: at - minute, read: 18_400, sent: 12_100, perSecond: 1640, remainingSeconds: 180 }, waiting: false, lastRun: runs.cases },
  { job: 'licences', title: '证照上报', dataset: 'licences', mode: 'changes', cron: '*/5 * * * *', words: '每 5 分钟', next: [at + 2 * minute], after: [], paused: { at: at - hour, by: 'sys.bai', reason: '证照库今晚维护' }, running: null, waiting: false, lastRun: runs.licences },
  { job: 'licences-sweep', title: '证照全量核对', dataset: 'licences', mode: 'sweep', cron: '40 2 * * *', words: '每天 02:40', next: [at + 5 * hour], after: [], paused: null, running: null, waiting: false, lastRun: null },
];

export const missed: readonly MissedRuns[] = [
  { job: 'licences', title: '证照上报', reason: 'overlapping', why: '上一次还没有结束', firstDue: at - 6 * minute, lastDue: at - minute, times: 2, run: null },
  { job: 'cases', title: '办件上报', reason: 'down', why: '网关没有在运行', firstDue: at - 3 * hour, lastDue: at - 20 * minute, times: 32, run: 40 },
];

export const history: readonly Run[] = [runs.licences, runs.cases, runs.items, run(40, { job: 'cases', title: '办件上报', dataset: 'cases', state: 'pending', startedAt: at - 15 * minute, endedAt: at - 13 * minute, counts: { read: 900, delivered: 600, quarantined: 2, same: 14, pending: 284 } })];
