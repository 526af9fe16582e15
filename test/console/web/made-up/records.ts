import type { FoundRecord, Problem, RecordContent, RecordWalk, Unmasking } from '../../../../console/web/api/calls.ts';
import { at } from './figures.ts';

const minute = 60_000;
const day = 86_400_000;

export const noPartner: Problem = {
  code: 'CODE_WITHOUT_PARTNER', title: '代码没有对照', what: '证照类型代码 “2B” 在对照表 licence-type 里没有对应的地区代码', mend: '在代码表里补上这一行，预演后整组重新送出', severity: 'refuse', field: 'up_lic_data.type_code',
  rule: null,
};

export const wrongDate: Problem = {
  code: 'DATE_ORDER', title: '日期先后不对', what: '有效期止早于有效期起', mend: '请发证部门核对证照库里的有效期', severity: 'refuse', field: 'up_lic_data.valid_to',
  rule: { id: 'lic-valid-period', sentence: '有效期止不得早于有效期起', source: 'C 0123-2018 第 6.3 条', owner: '自治区政务服务局' },
};

export const found: readonly FoundRecord[] = [
  { record: 501, dataset: 'licences', title: '电子证照', key: 'LIC-2024-000731', identity: '1.2.156.3005.2.******731X', holder: '乌*', state: 'quarantined', keptAt: at - 40 * minute, version: 3, atRegion: true },
  { record: 502, dataset: 'licences', title: '电子证照', key: 'LIC-2024-000732', identity: '1.2.156.3005.2.******7327', holder: '其****', state: 'delivered', keptAt: at - 2 * day, version: 1, atRegion: true },
];

export const walk: RecordWalk = {
  record: 501, dataset: 'licences', title: '电子证照', key: 'LIC-2024-000731', identity: '1.2.156.3005.2.******731X', holder: '乌*', department: '乌审旗市场监督管理局', atRegion: { version: 2, rows: 1 },
  versions: [
    { seq: 901, version: 1, operation: 'put', state: 'superseded', keptAt: at - 9 * day, settledAt: at - 9 * day + 40_000, run: 12, made: 'a41f09c2', waits: null, problems: [], batches: [] },
    { seq: 1201, version: 2, operation: 'put', state: 'delivered', keptAt: at - 2 * day, settledAt: at - 2 * day + 31_000, run: 31, made: 'a41f09c2', waits: null, problems: [], batches: [{ no: '150626-20261123-0007', table: 'up_lic_data', state: 'settled', writtenAt: at - 2 * day + 9_000, attempts: [{ at: at - 2 * day + 10_000, kind: 'push', verdict: 'unknown', detail: 'ETIMEDOUT' }, { at: at - 2 * day + 30_000, kind: 'ask', verdict: 'settled', detail: '' }], receipts: [{ verdict: 'accepted', code: '0', field: '', message: '成功' }] }] },
    { seq: 1544, version: 3, operation: 'put', state: 'quarantined', keptAt: at - 40 * minute, settledAt: null, run: 43, made: 'a41f09c2', waits: null, problems: [wrongDate, noPartner], batches: [] },
  ],
};

export const content: RecordContent = {
  record: 501, dataset: 'licences', version: 3, masked: true, endsAt: null,
  rows: [{
    table: 'up_lic_data', title: '电子证照数据', fields: [
      { table: 'up_lic_data', field: 'certificate_type', label: '证照类型', value: '食品经营许可证', class: 'plain' },
      { table: 'up_lic_data', field: 'certificate_number', label: '证照编号', value: '************731X', class: 'personal' },
      { table: 'up_lic_data', field: 'certificate_holder', label: '持有人', value: '乌*', class: 'personal' },
      { table: 'up_lic_data', field: 'holder_code', label: '持有人证件号', value: '1****************X', class: 'sensitive' },
      { table: 'up_lic_data', field: 'valid_from', label: '有效期起', value: '2024-05-01', class: 'plain' },
      { table: 'up_lic_data', field: 'valid_to', label: '有效期止', value: '2024-04-30', class: 'plain' },
      { table: 'up_lic_data', field: 'remark', label: '备注', value: null, class: 'plain' },
    ],
  }],
};

export const unmaskings: readonly Unmasking[] = [
  { id: 3, record: 501, dataset: 'licences', state: 'granted', askedBy: 'wuyun', askedAt: at - 6 * minute, reason: '持证人来窗口核对证件号', decidedBy: 'anquan', decidedAt: at - 2 * minute, decision: '已核实来访登记', endsAt: at + 8 * minute, own: true },
  { id: 2, record: 377, dataset: 'cases', state: 'asked', askedBy: 'naren', askedAt: at - 3 * minute, reason: '群众投诉办件信息有误，需核对', decidedBy: null, decidedAt: null, decision: null, endsAt: null, own: false },
];
