import type { Calls } from '../../../../console/web/api/calls.ts';
import { at } from './figures.ts';
import { content, noPartner, wrongDate } from './records.ts';

const minute = 60_000;
const day = 86_400_000;
type Answer<Name extends keyof Calls> = Calls[Name]['answer'];

export const groups: Answer<'listQuarantineGroups'> = {
  total: 5329,
  withinDays: 15,
  groups: [
    { dataset: 'licences', title: '电子证照', code: 'CODE_UNMAPPED', meaning: '代码没有对应关系', mend: '在代码表里补上这一行，预演后整组重新送出', field: 'up_lic_data.certificate_type', label: '证照类型', value: '2B', department: null, count: 3120, oldestAt: at - 12 * day, dueAt: at - 12 * day + 15 * day },
    { dataset: 'licences', title: '电子证照', code: 'DATE_ORDER', meaning: '日期先后不对', mend: '请发证部门核对证照库里的有效期', field: 'up_lic_data.valid_to', label: '有效期止', value: '', department: null, count: 1766, oldestAt: at - 31 * day, dueAt: at - 31 * day + 15 * day },
    { dataset: 'cases', title: '办件', code: 'FIELD_MISSING', meaning: '必填项为空', mend: '在综窗补录承诺时限', field: 'up_pro_accept.promise_date', label: '承诺办结时间', value: '', department: null, count: 431, oldestAt: at - 2 * day, dueAt: at - 2 * day + 15 * day },
    { dataset: 'items', title: '政务服务事项', code: 'TEXT_TOO_LONG', meaning: '文字超长', mend: '请缩短到 200 字以内', field: 'up_item.handle_scope', label: '受理范围', value: '', department: null, count: 12, oldestAt: at - 90 * minute, dueAt: at - 90 * minute + 15 * day },
  ],
};

export const list: Answer<'listQuarantine'> = {
  next: 1600,
  records: Array.from({ length: 12 }, (_, index) => ({ seq: 1544 + index, record: 501 + index, dataset: 'licences', title: '电子证照', key: `LIC-2024-000${731 + index}`, version: 1 + (index % 3), asideAt: at - (12 - index) * day, dueAt: at - (12 - index) * day + 15 * day, problems: [index % 4 === 0 ? wrongDate : noPartner] })),
};

export const setAside: Answer<'getQuarantined'> = {
  about: { ...list.records[0]!, problems: [wrongDate, noPartner] },
  row: [
    { of: 'CERT_MAIN', column: 'CERT_TYPE', value: '2B' }, { of: 'CERT_MAIN', column: 'CERT_NO', value: '************731X' }, { of: 'CERT_MAIN', column: 'HOLDER_NAME', value: '乌*' },
    { of: 'CERT_MAIN', column: 'HOLDER_ID', value: '1****************X' }, { of: 'CERT_MAIN', column: 'VALID_FROM', value: '2024-05-01' }, { of: 'CERT_MAIN', column: 'VALID_TO', value: '2024-04-30' }, { of: 'CERT_MAIN', column: 'REMARK', value: null },
  ],
};

export const preview: Answer<'previewMending'> = {
  examined: 3120, passed: 3098, kept: 22, problems: [{ code: 'DATE_ORDER', title: '日期先后不对', field: 'up_lic_data.valid_to', count: 22 }],
  examples: [{ seq: 1545, key: 'LIC-2024-000732', passes: true, fields: content.rows[0]!.fields }, { seq: 1544, key: 'LIC-2024-000731', passes: false, fields: content.rows[0]!.fields }],
};

export const mappings: Answer<'listMappings'> = {
  version: 'a41f09c27be1',
  datasets: [
    { dataset: 'items', title: '政务服务事项', source: 'hall', table: 'AUDIT_ITEM', tables: ['up_task_general_basic', 'up_task_general_extend', 'up_task_general_material', 'up_task_general_fee_project', 'up_task_general_questions', 'up_task_public_basic', 'up_task_public_extend'], fields: 84, examples: 12 },
    { dataset: 'cases', title: '办件', source: 'hall', table: 'AUDIT_PROJECT', tables: ['up_pro_accept', 'up_pro_process', 'up_pro_result'], fields: 131, examples: 31 },
    { dataset: 'licences', title: '电子证照', source: 'licence-library', table: 'CERT_MAIN', tables: ['up_lic_data'], fields: 27, examples: 9 },
  ],
  codeTables: [{ table: 'licence-type', title: '证照类型', lines: 64, unmapped: 2 }, { table: 'identity-card', title: '证件类型', lines: 9, unmapped: 0 }],
};

export const issued: Answer<'listDictionaries'> = {
  lists: [
    { number: 4, dictionary: 'satisfaction', version: '2026-12-01', known: true, plan: '9c0e51d2a7f3', added: ['6'], removed: ['5'], renamed: [{ code: '3', before: '基本满意', after: '一般' }], broken: [{ dataset: 'cases', field: 'up_pro_result.satisfaction', table: 'satisfaction', from: '1', to: '5' }], carried: [{ dataset: 'cases', field: 'up_pro_result.satisfaction', code: '5', records: 312 }], unread: 1_204 },
    { number: 5, dictionary: 'licence-type', version: '2026-12-01', known: true, plan: '17ab03ce9f44', added: ['064', '065'], removed: [], renamed: [], broken: [], carried: [], unread: 0 },
  ],
  withdrawn: 3, warned: 7,
};

export const mapping: Answer<'getMapping'> = {
  dataset: 'licences', title: '电子证照', file: 'mappings/county/wushen/licences.yaml',
  text: 'dataset: licences\ntitle: 电子证照\nsource: licence-library\ntable: CERT_MAIN\nkey: CERT_ID\nrecords:\n  - table: up_lic_data\n    fields:\n      certificate_type: { column: CERT_TYPE, code: licence-type }\n',
  tables: [{ table: 'up_lic_data', title: '电子证照数据', fields: [
    { field: 'certificate_type', label: '证照类型', required: true, dictionary: 'licence-type', from: 'CERT_TYPE', steps: ['代码表 licence-type'] },
    { field: 'certificate_holder', label: '持有人', required: true, dictionary: null, from: 'HOLDER_NAME', steps: ['去首尾空白'] },
    { field: 'valid_to', label: '有效期止', required: false, dictionary: null, from: 'VALID_TO', steps: ['日期 yyyy-MM-dd'] },
    { field: 'remark', label: '备注', required: false, dictionary: null, from: '', steps: [] },
  ] }],
  examples: [{ name: '普通证照', row: { CERT_ID: 'LIC-1', CERT_TYPE: '21', HOLDER_NAME: '某某', VALID_TO: '2029-05-01' }, outcome: 'good', records: { records: [{ table: 'up_lic_data', fields: { certificate_type: '11150600001', certificate_holder: '某某', valid_to: '2029-05-01' } }], fields: {} } }],
};

export const rows: Answer<'previewMapping'> = {
  rows: [{ row: { CERT_ID: 'LIC-2024-000731', CERT_TYPE: '2B', HOLDER_NAME: '乌*', VALID_TO: '2024-04-30' }, outcome: 'bad', problems: [noPartner], fields: content.rows[0]!.fields.slice(0, 4) }, { row: { CERT_ID: 'LIC-2024-000732', CERT_TYPE: '21', HOLDER_NAME: '其****', VALID_TO: null }, outcome: 'good', problems: [], fields: content.rows[0]!.fields }],
};

export const codeTable: Answer<'getCodeTable'> = {
  table: 'licence-type', title: '证照类型', dictionary: 'certificate_type',
  lines: [{ from: '21', to: '11150600001', meaning: '食品经营许可证' }, { from: '22', to: '11150600002', meaning: '营业执照' }, { from: '23', to: '11150600003', meaning: '出生医学证明' }],
  choices: [{ code: '11150600001', meaning: '食品经营许可证' }, { code: '11150600004', meaning: '小餐饮登记证' }],
  unmapped: [{ value: '2B', count: 3120 }, { value: '7', count: 41 }],
};

export const comparisons: Answer<'listComparisons'> = {
  next: null,
  comparisons: Array.from({ length: 6 }, (_, index) => ({ id: 20 - index, dataset: 'licences', title: '电子证照', startedAt: at - index * day, endedAt: at - index * day + 4 * minute, state: 'done', ours: 228_114 - index * 20, theirs: 228_114 - index * 20 - index, missing: index, extra: index % 2, different: index * 2 })),
};

export const comparison: Answer<'getComparison'> = { comparison: comparisons.comparisons[3]!, repair: { plan: '7c11a90b', sendAgain: 9, takeBack: 1, look: 0 } };
export const differences: Answer<'listDifferences'> = { next: null, differences: [{ id: 1, kind: 'missing', table: 'up_lic_data', key: 'LIC-2024-000731', record: 501 }, { id: 2, kind: 'different', table: 'up_lic_data', key: 'LIC-2024-000732', record: 502 }, { id: 3, kind: 'extra', table: 'up_lic_data', key: 'LIC-2019-000001', record: null }] };

export const conflicts: Answer<'listConflicts'> = {
  total: 2,
  conflicts: [
    { id: 3, dataset: 'items', title: '政务服务事项', key: 'SX-0117', table: 'SX_JBXX', column: 'ZXDH', label: '咨询电话', class: 'plain', agreed: '0477-7581000', county: '0477-7581234', region: '0477-7589999', seen: '0.0', openedAt: at - 5 * 3_600_000 },
    { id: 4, dataset: 'items', title: '政务服务事项', key: 'SX-0118', table: 'SX_JBXX', column: 'LXR', label: '联系人', class: 'personal', agreed: null, county: '乌**', region: '白**', seen: '0.0', openedAt: at - 3_600_000 },
  ],
};

export const doubtful: Answer<'listDoubtfulBatches'> = {
  batches: [{ no: '1506262611231204A7', dataset: 'licences', title: '电子证照', table: 'up_lic_data', writtenAt: '2026-11-23 12:04:11', records: 500, why: '地区无从询问' }, { no: '1506262611231205B2', dataset: 'items', title: '政务服务事项', table: 'up_task_general_basic', writtenAt: '2026-11-23 12:05:40', records: 37, why: '前置库里只有一部分行 12/37' }],
};
