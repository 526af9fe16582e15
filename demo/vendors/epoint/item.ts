import { stamp } from '../../county/calendar.ts';
import type { ItemTruth } from '../../county/item-compose.ts';
import type { Expected } from '../../county/region-row.ts';
import { except, written, type Columns, type Written } from '../vendor.ts';
import { epointCodes as c } from './codes.ts';

const task: Columns = {
  ROWGUID: 'row_guid', TASKNAME: 'task_name', ITEM_ID: 'task_handle_item', CATALOGCODE: 'catalog_code', NEW_ITEM_CODE: 'local_catalog_code',
  SHENPILB: ['task_type', c.shenpilb], TYPE: ['project_type', c.taskType], VERSION: 'task_version', ANTICIPATE_DAY: 'anticipate_day',
  ANTICIPATE_TYPE: ['anticipate_type', c.unit], PROMISE_DAY: 'promise_day', PROMISE_TYPE: ['promise_type', c.unit],
  APPLYERTYPE: ['server_type', c.object, ';'], BY_LAW: 'by_law', ACCEPTCONDITION: 'accept_condition', HANDLE_FLOW: 'handle_flow',
  CHARGE_FLAG: ['is_fee', c.flag], CHARGE_BASIS: 'fee_basis', TRANSACT_ADDR: 'transact_addr', TRANSACT_TIME: 'transact_time',
  LINK_TEL: 'link_way', SUPERVISE_TEL: 'supervise_way', QL_SOURCE: ['power_source', c.source], SPECIAL_PROCEDURE: 'special_procedure',
};

const ofBasic: Columns = {
  USE_LEVEL: ['use_level', c.level], SUBJECTNATURE: ['dept_type', c.nature], DAOXCNUM: 'limit_scene_num', SSO_PC: ['is_single_login', c.flag],
  SSO_APP: ['app_is_single_login', c.flag], WANGBANURL: 'link_addr', APPURL: 'mobile_terminal_url', EFFECTDATE: 'plan_effective_date',
  CANCELDATE: 'plan_cancel_date', WEBAPPLYTYPE: ['handle_type', c.handleForm, ';'],
};

const ofExtend: Columns = {
  WANGBANSHENDU: ['online_handle_depth', { '1': '1', '2': '2', '3': '3', '4': '4', '5': '5', '6': '6', '7': '7' }, ';'], ONLINEPAYMENT: ['is_pay_online', c.flag],
  DAOXCREASON: 'limit_scene_explain', HANDLE_AREA: 'handle_area', IF_ENTERCENTER: ['is_entry_center', c.flag], IF_EXPRESS: ['is_express', c.flag],
  IF_ONLINE: ['is_online', c.flag], IF_APPOINT: ['is_schedule', c.flag], IF_TERMINAL: ['is_service_terminals', c.flag], LIMIT_EXPLAIN: 'limit_explain',
  RESULTNAME: 'result_name', RESULTTYPE: ['result_type', c.resultKind], RESULTSAMPLE: 'result_guid', OTHER_DEPT: 'other_dept', TOWNCODE: 'town_code', TOWNNAME: 'town_name',
  VILLAGECODE: 'village_code', VILLAGENAME: 'village_name', PERSON_TOPIC: 'user_topic_type', CORP_TOPIC: 'corp_topic_type',
};

const material: Columns = {
  ROWGUID: 'row_guid', MATERIALNAME: 'material_name', NECESSITY: ['is_need', c.necessity], SUBMITTYPE: ['material_format', c.format],
  MATERIALTYPE: ['material_type', c.original], FILE_SOURCE: ['source_type', c.fileSource], FILE_SOURCE_EXPLAIN: 'source_explain', PAGE_NUM: 'page_num',
  PAGE_FORMAT: 'page_format', ACCEPT_STANDARD: 'accept_stand', BY_LAW: 'by_law', FILL_EXPLAIN: 'fill_explain', REMARK: 'remark', ORDERNUM: 'order_num',
};

const fee: Columns = {
  ROWGUID: 'row_guid', ITEMNAME: 'fee_name', CHARGEITEM_STAND: 'fee_stand', BY_LAW: 'by_law', IS_DESC: ['is_desc', c.flag], DESC_BASIS: 'desc_explain', ORDERNUM: 'order_num',
};

/** An item in Epoint's tables: the extension is a row of its own; the hall keeps no local code, no delegation and no words on time limits. */
export function epointItem(truth: ItemTruth): Written {
  const { general, county } = truth;
  const basic = except(truth.basic, { local_task_code: null, entrust_name: null, anticipate_explain: null, promise_explain: null });
  const guid = String(basic['row_guid']);
  const extend = except(truth.extend, { row_guid: `E${guid.slice(1)}` });
  const family = general ? 'up_task_general' : 'up_task_public';
  const expected: readonly Expected[] = [
    { table: `${family}_basic`, row: basic },
    { table: `${family}_extend`, row: extend },
    ...truth.materials.map((row) => ({ table: `${family}_material`, row })),
    ...truth.fees.map((row) => ({ table: `${family}_fee_project`, row })),
    ...truth.questions.map((row) => ({ table: `${family}_questions`, row })),
  ];
  return {
    county: [
      ['AUDIT_TASK', {
        ...written(basic, task), TASK_ID: `T${guid.slice(1)}`, IS_HISTORY: '0', IS_EDITAFTERIMPORT: '1', IS_ENABLE: '1', AREACODE: '150626',
        OUGUID: county.organOid, OPERATEDATE: stamp(county.modified),
      }],
      ['AUDIT_TASK_EXTENSION', { ROWGUID: extend['row_guid'] ?? null, TASKGUID: guid, ...written(basic, ofBasic), ...written(extend, ofExtend) }],
      ...truth.materials.map((row) => ['AUDIT_TASK_MATERIAL', { TASKGUID: guid, ...written(row, material) }] as const),
      ...truth.fees.map((row) => ['AUDIT_TASK_CHARGEITEM', { TASKGUID: guid, ...written(row, fee) }] as const),
      ...truth.questions.map((row) => ['AUDIT_TASK_FAQ', { TASKGUID: guid, ...written(row, { ROWGUID: 'row_guid', QUESTION: 'question', ANSWER: 'answer', ORDERNUM: 'order_num' }) }] as const),
    ],
    expected,
  };
}
