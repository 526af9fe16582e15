import { stamp } from './calendar.ts';
import type { CaseTruth } from './case-compose.ts';
import { toCounty } from './county-codes.ts';
import type { Expected, RegionRow } from './region-row.ts';
import type { CountyRow } from './schema.ts';

/** A case as the hall's tables hold it. */
export interface CountyCase {
  readonly case: CountyRow;
  readonly steps: CountyRow[];
  readonly suspensions: CountyRow[];
  readonly materials: CountyRow[];
  readonly results: CountyRow[];
}

const has = (row: RegionRow, name: string): string | number | null => row[name] ?? null;
const milliseconds = ['', '.007', '.250', '.999'] as const;

/** The region's rows of a case, in the order in which the region must accept them. */
export function expectedCase(truth: CaseTruth): readonly Expected[] {
  return [
    { table: 'up_pro_accept', row: truth.accept },
    ...truth.steps.map((row) => ({ table: 'up_pro_process', row })),
    ...truth.suspensions.map((row) => ({ table: 'up_pro_special_procedure', row })),
    ...truth.materials.map((row) => ({ table: 'up_pro_material', row })),
    ...(truth.result === null ? [] : [{ table: 'up_pro_result', row: truth.result }]),
  ];
}

/** Writes a case the way the hall keeps it: its own codes, result codes as case status, some times with milliseconds. */
export function encodeCase(truth: CaseTruth): CountyCase {
  const { accept, result, county } = truth;
  const oid = has(accept, 'row_guid');
  const fraction = milliseconds[String(oid).charCodeAt(0) % 4] as string;
  const status = result === null ? '2' : toCounty('caseResult', String(result['result_type']));
  return {
    case: {
      CASEOID: oid, SERVICEOID: county.itemOid, CASENUMBER: has(accept, 'project_no'), ORGANOID: county.organOid, CASESTATUS: status, DELFLAG: '0',
      SERVICENAME: has(accept, 'task_name'), PROJECTNAME: has(accept, 'project_name'), CASETYPE: toCounty('projectType', String(accept['project_type'])),
      SOURCEAPP: county.sourceApp, SOURCETYPE: toCounty('applyType', String(accept['apply_type'])), TERMINALCODE: county.terminal, QUEUENUM: null,
      CREATEDATE: `${has(accept, 'apply_date')}${fraction}`, ACCEPTANCEDATE: has(accept, 'accept_date'), SHOULDCONCLUDEDATE: has(accept, 'promise_date'),
      CONCLUDEDATE: result === null ? null : has(result, 'result_date'), ACCEPTDOCNO: has(accept, 'accept_doc_no'), ACCEPTUSERNAME: has(accept, 'handle_user_name'),
      APPLYUSERTYPE: toCounty('applicant', String(accept['applyer_type'])), APPLYUSERNAME: has(accept, 'applyer_name'), CREDENTIALTYPE: county.documentCode,
      CREDENTIALNUMBER: has(accept, 'applyer_page_code'), APPLYUSERPHONE: has(accept, 'contact_mobile'), APPLYUSERADDRESS: has(accept, 'address'),
      ZIPCODE: has(accept, 'zip_code'), LEGALPERSON: has(accept, 'legal'), LINKMANNAME: has(accept, 'contact_name'), LINKMANCREDENTIALTYPE: '31',
      LINKMANCREDENTIALNUMBER: has(accept, 'contact_code'), CERTWAY: result === null ? null : toCounty('delivery', String(result['is_delivery_results'])),
      REMARKS: null, MODIFYDATE: stamp(county.modified) + fraction,
    },
    steps: truth.steps.map((row) => stepToCounty(row, oid)),
    suspensions: truth.suspensions.map((row) => suspensionToCounty(row, oid)),
    materials: truth.materials.map((row, at) => ({
      CASEMATERIALOID: has(row, 'row_guid'), CASEOID: oid, MATERIALNAME: has(row, 'material_name'), RECEIVEMODE: toCounty('received', String(row['get_type'])),
      RECEIVENUM: has(row, 'get_num'), ATTACHNAME: has(row, 'material_attach_name'), REMARK: has(row, 'remark'), SORTORDER: at + 1,
    })),
    results: result === null ? [] : [resultToCounty(result, oid)],
  };
}

/** A step as the hall keeps it. */
export function stepToCounty(row: RegionRow, oid: string | number | null): CountyRow {
  return {
    PROCESSOID: has(row, 'row_guid'), CASEOID: oid, PROCESSNAME: has(row, 'process_name'), PROCESSRESULT: toCounty('stepAction', String(row['event_name'])),
    STARTTIME: has(row, 'event_start_time'), ENDTIME: has(row, 'event_end_time'), USERNAME: has(row, 'handle_user_name'),
    OPINION: has(row, 'handle_explain'), REMARK: has(row, 'remark'),
  };
}

/** A special procedure as the hall keeps it. */
export function suspensionToCounty(row: RegionRow, oid: string | number | null): CountyRow {
  return {
    SPECIALOID: has(row, 'row_guid'), CASEOID: oid, SPECIALTYPE: toCounty('suspension', String(row['special_type'])), SPECIALNAME: has(row, 'special_name'),
    REASON: has(row, 'special_reason'), EXPLAIN: has(row, 'special_explain'), STARTTIME: has(row, 'special_time'), ENDTIME: has(row, 'end_time'),
    RESULT: has(row, 'result'), APPLYUSERNAME: has(row, 'applyer_user_name'), HANDLEUSERNAME: has(row, 'handle_user'), REMARK: has(row, 'remark'),
  };
}

/** A result as the hall keeps it; kind and time of the end stand in the case itself. */
export function resultToCounty(row: RegionRow, oid: string | number | null): CountyRow {
  return {
    RESULTOID: has(row, 'row_guid'), CASEOID: oid, RESULTNAME: has(row, 'result_cetr_name'), RESULTCODE: has(row, 'result_cetr_no'),
    RESULTEXPLAIN: has(row, 'result_explain'), HANDLEUSERNAME: has(row, 'handle_user_name'),
    SATISFACTION: row['satisfaction'] === null || row['satisfaction'] === undefined ? null : toCounty('satisfaction', String(row['satisfaction'])),
    REMARK: has(row, 'remark'),
  };
}
