import type { CountyRow } from '../../county/schema.ts';
import { rowIn, type VendorDirt } from '../vendor.ts';

const change = (table: string, columns: CountyRow): VendorDirt['soil'] => (rows) => void Object.assign(rowIn(rows, table), columns);
const all = (table: string, columns: CountyRow): VendorDirt['soil'] => (rows) => {
  for (const [name, row] of rows) if (name === table) Object.assign(row, columns);
};

/** What goes wrong in such halls, with what must become of it. */
export const epointDirt: readonly VendorDirt[] = [
  { dataset: 'items', kind: '审批类别为本地自编', outcome: 'quarantined', code: 'CODE_UNMAPPED', soil: change('AUDIT_TASK', { SHENPILB: '10A' }) },
  { dataset: 'items', kind: '办件类型空白，不当作即办件', outcome: 'quarantined', code: 'VALUE_MISSING', soil: change('AUDIT_TASK', { TYPE: ' ' }) },
  { dataset: 'items', kind: '受理条件空白，不套用套话', outcome: 'quarantined', code: 'VALUE_MISSING', soil: change('AUDIT_TASK', { ACCEPTCONDITION: null }) },
  { dataset: 'items', kind: '扩展信息一式两份', outcome: 'quarantined', code: 'LOOKUP_AMBIGUOUS', soil: (rows) => {
    const extension = rowIn(rows, 'AUDIT_TASK_EXTENSION');
    rows.push(['AUDIT_TASK_EXTENSION', { ...extension, ROWGUID: `D${String(extension['ROWGUID']).slice(1)}` }]);
  } },
  { dataset: 'items', kind: '事项名称首尾有空格', outcome: 'repaired', code: null, soil: (rows) => {
    const row = rowIn(rows, 'AUDIT_TASK');
    row['TASKNAME'] = ` \u3000${String(row['TASKNAME'])} `;
  } },
  { dataset: 'cases', kind: '证件类型 25 两家公开实现各说各的，不猜', outcome: 'quarantined', code: 'CODE_UNMAPPED', soil: change('AUDIT_PROJECT', { CERTTYPE: '25' }) },
  { dataset: 'cases', kind: '申请时间为 0001-01-01', outcome: 'quarantined', code: 'DATE_OUT_OF_RANGE', soil: change('AUDIT_PROJECT', { APPLYDATE: '0001-01-01 00:00:00' }) },
  { dataset: 'cases', kind: '暂停后没有恢复', outcome: 'quarantined', code: 'VALUE_MISSING', soil: (rows) => {
    const { ROWGUID: guid = null, ACCEPTUSERDATE: date = null } = rowIn(rows, 'AUDIT_PROJECT');
    rows.push(['AUDIT_PROJECT_UNUSUAL', { ROWGUID: `U${String(guid).slice(1)}`, PROJECTGUID: guid, OPERATETYPE: '10', OPERATEDATE: date, OPERATEUSERNAME: null, NOTE: '等待补正' }]);
  } },
  { dataset: 'cases', kind: '所指事项不存在', outcome: 'quarantined', code: 'LOOKUP_MISSING', soil: change('AUDIT_PROJECT', { TASKGUID: 'gone' }) },
  { dataset: 'cases', kind: '环节没有意见，不编造', outcome: 'quarantined', code: 'VALUE_MISSING', soil: change('WORKFLOW_WORKITEM', { OPINION: '' }) },
  { dataset: 'cases', kind: '统一社会信用代码栏填 9 位旧代码', outcome: 'quarantined', code: 'USCC_WRONG', soil: change('AUDIT_PROJECT', { CERTTYPE: '16', CERTNUM: 'MA0A12342' }) },
  { dataset: 'cases', kind: '手机号带短横和空格', outcome: 'repaired', code: null, soil: (rows) => {
    const row = rowIn(rows, 'AUDIT_PROJECT');
    row['CONTACTMOBILE'] = String(row['CONTACTMOBILE']).replace(/^(...)(....)/, '$1-$2 ');
  } },
  { dataset: 'licences', kind: '持证人证件类型无对应', outcome: 'quarantined', code: 'CODE_UNMAPPED', soil: all('CERT_INFO', { CERTOWNERCERTTYPE: '23' }) },
  { dataset: 'licences', kind: '颁发日期为 0001-01-01', outcome: 'quarantined', code: 'DATE_OUT_OF_RANGE', soil: all('CERT_INFO', { AWARDDATE: '0001-01-01 00:00:00' }) },
  { dataset: 'licences', kind: '颁证机构不在机构表内', outcome: 'quarantined', code: 'LOOKUP_MISSING', soil: all('CERT_INFO', { OUGUID: 'gone' }) },
];
