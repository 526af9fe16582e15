import { stamp } from './calendar.ts';
import { listToCounty, toCounty } from './county-codes.ts';
import { type ItemTruth, siteCode } from './item-compose.ts';
import { regionCode } from './places.ts';
import type { Expected, RegionRow } from './region-row.ts';
import type { CountyRow } from './schema.ts';

/** An item as the hall's tables hold it. */
export interface CountyItem {
  readonly item: CountyRow;
  readonly materials: readonly CountyRow[];
  readonly fees: readonly CountyRow[];
  readonly questions: readonly CountyRow[];
}

type Text = string | null;
const text = (value: RegionRow[string] | undefined): Text => (value === null || value === undefined ? null : String(value));
const coded = (table: Parameters<typeof toCounty>[0], value: RegionRow[string] | undefined): Text =>
  value === null || value === undefined ? null : toCounty(table, String(value));

/** The region's rows of an item, in the order in which the region must accept them. */
export function expectedItem(truth: ItemTruth): readonly Expected[] {
  const family = truth.general ? 'up_task_general' : 'up_task_public';
  return [
    { table: `${family}_basic`, row: truth.basic },
    { table: `${family}_extend`, row: truth.extend },
    ...truth.materials.map((row) => ({ table: `${family}_material`, row })),
    ...truth.fees.map((row) => ({ table: `${family}_fee_project`, row })),
    ...truth.questions.map((row) => ({ table: `${family}_questions`, row })),
  ];
}

/** Writes an item the way the hall keeps it: its own codes, lists with `^`, yes and no as 1 and 2. */
export function encodeItem(truth: ItemTruth): CountyItem {
  const { basic, extend, county } = truth;
  const oid = basic['row_guid'] ?? null;
  return {
    item: {
      SERVICEOID: oid, DISTRICTOID: regionCode, ORGANOID: county.organOid, ORGANNAME: text(basic['dept_name']),
      BASICCODE: text(basic['catalog_code']), ITEMNO: text(basic['local_catalog_code']), IMPLEMENTCODE: text(basic['task_code']),
      STATENO: text(basic['task_handle_item']), LOCALIMPLEMENTCODE: text(basic['local_task_code']), SERVICENAME: text(basic['task_name']),
      SERVICETYPEOID: coded('taskType', basic['task_type']), SERVICESTATUS: '3', VERSION: basic['task_version'] ?? null,
      LEVELCODE: text(basic['use_level']), SUBJECTNATURE: text(basic['dept_type']),
      POWERSOURCE: truth.general ? coded('powerSource', basic['power_source']) : null, ENTRUSTORGAN: text(basic['entrust_name']),
      SERVICEOBJECT: listToCounty('serverType', String(basic['server_type'])), CASETYPE: coded('projectType', basic['project_type']),
      HANDLEFORM: listToCounty('handleForm', String(basic['handle_type'])), ONLINEHANDLEDEPTH: text(extend['online_handle_depth'])?.replaceAll(',', '^') ?? null,
      LAWDAY: basic['anticipate_day'] ?? null, LAWDAYTYPE: coded('timeUnit', basic['anticipate_type']), LAWDAYEXPLAIN: text(basic['anticipate_explain']),
      PROMISEDAY: basic['promise_day'] ?? null, PROMISEDAYTYPE: coded('timeUnit', basic['promise_type']), PROMISEDAYEXPLAIN: text(basic['promise_explain']),
      SPECIALPROCEDURE: basic['special_procedure'] === '无' ? null : text(basic['special_procedure']),
      CHARGEFLAG: coded('yesNo', basic['is_fee']), CHARGEBASIS: text(basic['fee_basis']), ONLINEPAYFLAG: coded('yesNo', extend['is_pay_online']),
      HANDLECONDITION: text(basic['accept_condition']), HANDLEFLOW: text(basic['handle_flow']), SETBASIS: text(basic['by_law']),
      HANDLEADDRESS: text(basic['transact_addr']), HANDLETIME: text(basic['transact_time']), CONSULTWAY: text(basic['link_way']),
      SUPERVISEWAY: text(basic['supervise_way']), PCSSOFLAG: coded('yesNo', basic['is_single_login']), APPSSOFLAG: coded('yesNo', basic['app_is_single_login']),
      PCURL: text(basic['link_addr']), APPURL: text(basic['mobile_terminal_url']), ONSITETIMES: basic['limit_scene_num'] ?? null,
      ONSITEREASON: text(extend['limit_scene_explain']), EFFECTIVEDATE: text(basic['plan_effective_date'])?.slice(0, 10) ?? null,
      CANCELDATE: text(basic['plan_cancel_date'])?.slice(0, 10) ?? null, HANDLESCOPE: text(extend['handle_area']),
      ENTERCENTERFLAG: coded('yesNo', extend['is_entry_center']), EXPRESSFLAG: coded('yesNo', extend['is_express']),
      ONLINEFLAG: coded('yesNo', extend['is_online']), APPOINTMENTFLAG: coded('yesNo', extend['is_schedule']),
      TERMINALFLAG: coded('yesNo', extend['is_service_terminals']), QUANTITYLIMIT: text(extend['limit_explain']),
      COOPERATEORGAN: text(extend['other_dept']), RESULTNAME: text(extend['result_name']), RESULTTYPE: coded('resultKind', extend['result_type']),
      RESULTSAMPLE: text(extend['result_guid']), AGENCYSERVICE: text(extend['service_type']), TOWNCODE: text(extend['town_code'])?.slice(0, 9) ?? null,
      TOWNNAME: text(extend['town_name']), VILLAGECODE: text(extend['village_code']), VILLAGENAME: text(extend['village_name']),
      PERSONTOPIC: text(extend['user_topic_type']), LEGALTOPIC: text(extend['corp_topic_type']),
      ELECCERTPRODUCEFLAG: extend['result_type'] === '10' ? '1' : '2', SCANLICENCEFLAG: county.scansLicence ? '1' : '2',
      SITETYPE: siteCode(county.site), DELFLAG: '0', CREATEDATE: stamp(county.created), MODIFYDATE: stamp(county.modified),
    },
    materials: truth.materials.map((row) => ({
      MATERIALOID: text(row['row_guid']), SERVICEOID: oid, MATERIALNAME: text(row['material_name']), MATERIALTYPE: coded('materialType', row['material_type']),
      MATERIALFORMAT: coded('materialFormat', row['material_format']), MATERIALSOURCE: coded('materialSource', row['source_type']),
      SOURCEEXPLAIN: text(row['source_explain']), MUSTFLAG: coded('materialNeed', row['is_need']), PAGENUM: row['page_num'] ?? null,
      PAGEFORMAT: text(row['page_format']), ACCEPTSTANDARD: text(row['accept_stand']), SETBASIS: text(row['by_law']), FILLEXPLAIN: text(row['fill_explain']),
      EXAMPLEFILE: text(row['example_guid']), BLANKFILE: text(row['form_guid']), REMARK: text(row['remark']), SORTORDER: row['order_num'] ?? null,
    })),
    fees: truth.fees.map((row) => ({
      FEEOID: text(row['row_guid']), SERVICEOID: oid, FEENAME: text(row['fee_name']), FEESTANDARD: text(row['fee_stand']), FEEBASIS: text(row['by_law']),
      REDUCEFLAG: coded('yesNo', row['is_desc']), REDUCEBASIS: text(row['desc_explain']), REMARK: text(row['remark']), SORTORDER: row['order_num'] ?? null,
    })),
    questions: truth.questions.map((row) => ({
      QUESTIONOID: text(row['row_guid']), SERVICEOID: oid, QUESTION: text(row['question']), ANSWER: text(row['answer']), SORTORDER: row['order_num'] ?? null,
    })),
  };
}
