import type { CountyRow } from '../../county/schema.ts';
import { rowIn, type VendorDirt } from '../vendor.ts';

const change = (table: string, columns: CountyRow): VendorDirt['soil'] => (rows) => void Object.assign(rowIn(rows, table), columns);

/** A further row of a table like the record's own, with some columns otherwise. */
const again = (table: string, columns: CountyRow): VendorDirt['soil'] => (rows) => void rows.push([table, { ...rowIn(rows, table), ...columns }]);

/** What goes wrong in such tables, with what must become of it. */
export const pinyinDirt: readonly VendorDirt[] = [
  { dataset: 'items', kind: '承诺时限单位空白，不当作工作日', outcome: 'quarantined', code: 'VALUE_MISSING', soil: (rows) => Object.assign(rowIn(rows, 'EX_GDBS_SX'), { SXLX: '行政许可', QLLY: '01', CNQXDW: null }) },
  { dataset: 'items', kind: '承诺时限空白，不当作 1 天', outcome: 'quarantined', code: 'VALUE_MISSING', soil: (rows) => Object.assign(rowIn(rows, 'EX_GDBS_SX'), { SXLX: '行政许可', QLLY: '01', CNQX: null }) },
  { dataset: 'items', kind: '是否收费写作 2', outcome: 'quarantined', code: 'CODE_UNMAPPED', soil: change('EX_GDBS_SX', { SFSF: '2' }) },
  { dataset: 'items', kind: '生效日期写作 yyyy-MM-dd', outcome: 'repaired', code: null, soil: (rows) => {
    const row = rowIn(rows, 'EX_GDBS_SX');
    row['SXRQ'] = String(row['SXRQ']).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  } },
  { dataset: 'cases', kind: '证件类型为别家的 22，不当作身份证', outcome: 'quarantined', code: 'CODE_UNMAPPED', soil: change('EX_GDBS_SB', { SQRZJLX: '22' }) },
  { dataset: 'cases', kind: '办结结果 6 只说“办结”，不当作不予受理', outcome: 'quarantined', code: 'CODE_UNMAPPED', soil: change('EX_GDBS_BJ', { BJJGDM: '6' }) },
  { dataset: 'cases', kind: '同一申办有两行受理', outcome: 'quarantined', code: 'LOOKUP_AMBIGUOUS', soil: again('EX_GDBS_SL', { SLID: 'again' }) },
  { dataset: 'cases', kind: '同一申办有两行办结', outcome: 'quarantined', code: 'ROW_GUID_TWICE', soil: again('EX_GDBS_BJ', { BJID: 'again' }) },
  { dataset: 'cases', kind: '还没有受理', outcome: 'quarantined', code: 'LOOKUP_MISSING', soil: (rows) => void rows.splice(rows.findIndex(([table]) => table === 'EX_GDBS_SL'), 1) },
  { dataset: 'cases', kind: '事项情形编码不在事项表内', outcome: 'quarantined', code: 'LOOKUP_MISSING', soil: change('EX_GDBS_SB', { SXQXBM: 'gone' }) },
  { dataset: 'cases', kind: '环节结束早于开始', outcome: 'quarantined', code: 'DATE_ORDER', soil: change('EX_GDBS_SP', { JSSJ: '2020-01-01 00:00:00' }) },
  { dataset: 'cases', kind: '申请人姓名首尾有全角空格', outcome: 'repaired', code: null, soil: (rows) => {
    const row = rowIn(rows, 'EX_GDBS_SB');
    row['SQRMC'] = `\u3000${String(row['SQRMC'])}\u3000`;
  } },
  { dataset: 'licences', kind: '持证人证件号码为 9 位旧组织机构代码', outcome: 'quarantined', code: 'USCC_WRONG', soil: change('EX_GDBS_ZZ', { CZRZJLX: '20', CZRZJHM: 'MA0A12342' }) },
  { dataset: 'licences', kind: '发证日期不存在', outcome: 'quarantined', code: 'DATE_INVALID', soil: change('EX_GDBS_ZZ', { FZRQ: '20260230' }) },
  { dataset: 'licences', kind: '持证人证件类型为护照，地区不收', outcome: 'quarantined', code: 'CODE_UNMAPPED', soil: change('EX_GDBS_ZZ', { CZRZJLX: '30' }) },
];
