import { stamp } from '../../county/calendar.ts';
import type { ItemTruth } from '../../county/item-compose.ts';
import type { CountyRow } from '../../county/schema.ts';
import { except, written, type Columns, type Written } from '../vendor.ts';
import { pinyinCodes as c } from './codes.ts';

const ofBasic: Columns = {
  SXID: 'row_guid', SXBM: 'task_code', SXQXBM: 'task_handle_item', JBBM: 'catalog_code', SXMC: 'task_name', SXLX: ['task_type', c.kind], BBH: 'task_version',
  DWMC: 'dept_name', DWDM: 'dept_code', SSZTXZ: ['dept_type', c.nature], XSCJ: ['use_level', c.level], QLLY: ['power_source', c.source],
  FWDX: ['server_type', c.object, ','], BJLX: ['project_type', c.caseKind], FDQX: 'anticipate_day', FDQXDW: ['anticipate_type', c.unit], CNQX: 'promise_day',
  CNQXDW: ['promise_type', c.unit], SFSF: ['is_fee', c.yesNo], SFYJ: 'fee_basis', SLTJ: 'accept_condition', BLLC: 'handle_flow', SDYJ: 'by_law',
  BLDD: 'transact_addr', BLSJ: 'transact_time', ZXDH: 'link_way', JDDH: 'supervise_way', TBCX: 'special_procedure', DNDDDL: ['is_single_login', c.yesNo],
  SJDDDL: ['app_is_single_login', c.yesNo], WBDZ: 'link_addr', SJDZ: 'mobile_terminal_url', DXCCS: 'limit_scene_num', SXRQ: 'plan_effective_date',
  QXRQ: 'plan_cancel_date', BLXS: ['handle_type', c.form, ','],
};

const ofExtend: Columns = {
  DXCYY: 'limit_scene_explain', TBFW: 'handle_area', SFJZ: ['is_entry_center', c.yesNo], SFKD: ['is_express', c.yesNo], SFWB: ['is_online', c.yesNo],
  SFWZ: ['is_pay_online', c.yesNo], SFYY: ['is_schedule', c.yesNo], SFZD: ['is_service_terminals', c.yesNo], SLXZ: 'limit_explain', LBJG: 'other_dept',
  JGMC: 'result_name', JGLX: ['result_type', c.result], JGYB: 'result_guid', XZDM: 'town_code', XZMC: 'town_name', CDM: 'village_code', CMC: 'village_name',
  GRZT: 'user_topic_type', FRZT: 'corp_topic_type', WBSD: ['online_handle_depth', c.depth, ','],
};

const material: Columns = {
  CLID: 'row_guid', CLMC: 'material_name', CLLX: ['material_type', c.paper], CLXS: ['material_format', c.format], CLLY: ['source_type', c.from], LYSM: 'source_explain',
  SFBY: ['is_need', c.need], FS: 'page_num', YMGG: 'page_format', SLBZ: 'accept_stand', SDYJ: 'by_law', TBXZ: 'fill_explain', BZ: 'remark', XH: 'order_num',
};

/** An item in the exchange tables: one wide row, days without a clock, no words on time limits and no local codes. */
export function pinyinItem(truth: ItemTruth): Written {
  const basic = except(truth.basic, { local_task_code: null, local_catalog_code: null, entrust_name: null, anticipate_explain: null, promise_explain: null });
  const id = basic['row_guid'] ?? null;
  const family = truth.general ? 'up_task_general' : 'up_task_public';
  const day = (value: string | number | null | undefined): string | null => (value === null || value === undefined ? null : String(value).slice(0, 10).replaceAll('-', ''));
  const row: CountyRow = { ...written(basic, ofBasic), ...written(truth.extend, ofExtend), SXZT: '在用', GXSJ: stamp(truth.county.modified) };
  return {
    county: [
      ['EX_GDBS_SX', { ...row, SXRQ: day(row['SXRQ']), QXRQ: day(row['QXRQ']) }],
      ...truth.materials.map((one) => ['EX_GDBS_SXCL', { SXID: id, ...written(one, material) }] as const),
      ...truth.fees.map((one) => ['EX_GDBS_SXSF', { SXID: id, ...written(one, { SFID: 'row_guid', XMMC: 'fee_name', SFBZ: 'fee_stand', SFYJ: 'by_law', SFJM: ['is_desc', c.yesNo], JMYJ: 'desc_explain', XH: 'order_num' }) }] as const),
      ...truth.questions.map((one) => ['EX_GDBS_SXWT', { SXID: id, ...written(one, { WTID: 'row_guid', WT: 'question', DA: 'answer', XH: 'order_num' }) }] as const),
    ],
    expected: [
      { table: `${family}_basic`, row: basic },
      { table: `${family}_extend`, row: truth.extend },
      ...truth.materials.map((one) => ({ table: `${family}_material`, row: one })),
      ...truth.fees.map((one) => ({ table: `${family}_fee_project`, row: one })),
      ...truth.questions.map((one) => ({ table: `${family}_questions`, row: one })),
    ],
  };
}
