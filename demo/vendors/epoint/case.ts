import { stamp } from '../../county/calendar.ts';
import type { CaseTruth } from '../../county/case-compose.ts';
import type { LicenceTruth } from '../../county/licence-compose.ts';
import type { Expected, RegionRow } from '../../county/region-row.ts';
import type { CountyRow } from '../../county/schema.ts';
import { except, written, type Columns, type Written } from '../vendor.ts';
import { epointCodes as c } from './codes.ts';

const project: Columns = {
  ROWGUID: 'row_guid', FLOWSN: 'project_no', PROJECTNAME: 'project_name', TASKTYPE: ['project_type', c.taskType], APPLYERNAME: 'applyer_name',
  APPLYERTYPE: ['applyer_type', c.applicant], CERTTYPE: ['applyer_page_type', c.certificate], CERTNUM: 'applyer_page_code', APPLYDATE: 'apply_date',
  APPLYWAY: ['apply_type', c.applyWay], ACCEPTUSERDATE: 'accept_date', ACCEPTUSERNAME: 'handle_user_name', PROMISEENDDATE: 'promise_date',
  CONTACTPERSON: 'contact_name', CONTACTMOBILE: 'contact_mobile', CONTACTCERTNUM: 'contact_code', ADDRESS: 'address', LEGAL: 'legal',
};

const step: Columns = {
  WORKITEMGUID: 'row_guid', ACTIVITYNAME: 'process_name', OPERATIONTYPE: ['event_name', c.step], CREATEDATE: 'event_start_time', ENDDATE: 'event_end_time',
  TRANSACTORNAME: 'handle_user_name', OPINION: 'handle_explain', NOTE: 'remark',
};

/** A case in Epoint's tables: a pause is two rows, the result stands in the case itself, its certificate in the licence table. */
export function epointCase(truth: CaseTruth, licence: LicenceTruth): Written {
  const accept = acceptOf(truth.accept);
  const guid = String(accept['row_guid']);
  const workflow = `P${guid.slice(1)}`;
  const certified = truth.result !== null && truth.result['result_cetr_no'] !== null;
  const result = truth.result === null ? null : except(truth.result, {
    row_guid: `${guid}-bj`, result_explain: null, remark: null,
    result_cetr_name: certified ? (licence.row['certificate_name'] ?? null) : null, result_cetr_no: certified ? (licence.row['certificate_number'] ?? null) : null,
  });
  const suspensions = truth.suspensions.map((row) => except(row, { special_type: '2', special_name: '暂停计时' }));
  const expected: readonly Expected[] = [
    { table: 'up_pro_accept', row: accept },
    ...truth.steps.map((row) => ({ table: 'up_pro_process', row })),
    ...suspensions.map((row) => ({ table: 'up_pro_special_procedure', row })),
    ...truth.materials.map((row) => ({ table: 'up_pro_material', row: except(row, { material_attach_name: null, remark: null }) })),
    ...(result === null ? [] : [{ table: 'up_pro_result', row: result }]),
  ];
  const ended: CountyRow = result === null ? { STATUS: '30' } : {
    ...written(result, { BANJIEDATE: 'result_date', BANJIERESULT: ['result_type', c.result], STATUS: ['result_type', c.status], BANJIEUSERNAME: 'handle_user_name', IF_EXPRESS: ['is_delivery_results', c.flag], SATISFIED: ['satisfaction', c.satisfied] }),
    CERTROWGUID: certified ? (licence.row['row_guid'] ?? null) : null,
  };
  return {
    county: [
      ['AUDIT_PROJECT', {
        ...written(accept, project), ...ended, TASKGUID: truth.county.itemOid, PVIGUID: workflow, AREACODE: '150626', OUGUID: truth.county.organOid,
        OPERATEDATE: stamp(truth.county.modified),
      }],
      ...truth.steps.map((row) => ['WORKFLOW_WORKITEM', { PVIGUID: workflow, STATUS: '60', ...written(row, step) }] as const),
      ...suspensions.flatMap((row) => pauseRows(row, guid)),
      ...truth.materials.map((row) => ['AUDIT_PROJECT_MATERIAL', { PROJECTGUID: guid, STATUS: '20', ...written(row, { ROWGUID: 'row_guid', TASKMATERIAL: 'material_name', SUBMITTYPE: ['get_type', c.received], COPYNUM: 'get_num' }) }] as const),
    ],
    expected,
  };
}

/** What the hall does not keep: numbers of acceptance papers, post codes, the kind of a contact's document; institutions are “others”. */
function acceptOf(accept: RegionRow): RegionRow {
  const kind = String(accept['applyer_type']);
  return except(accept, { accept_doc_no: null, zip_code: null, contact_type: null, local_task_code: null, applyer_type: kind === '1' || kind === '2' ? kind : '9' });
}

function pauseRows(row: RegionRow, guid: string): readonly (readonly [string, CountyRow])[] {
  const begun = String(row['row_guid']);
  const common = { PROJECTGUID: guid, OPERATEUSERNAME: row['handle_user'] ?? null };
  return [
    ['AUDIT_PROJECT_UNUSUAL', { ...common, ROWGUID: begun, OPERATETYPE: '10', OPERATEDATE: row['special_time'] ?? null, NOTE: row['special_reason'] ?? null }],
    ['AUDIT_PROJECT_UNUSUAL', { ...common, ROWGUID: `R${begun.slice(1)}`, OPERATETYPE: '11', OPERATEDATE: row['end_time'] ?? null, NOTE: row['result'] ?? null }],
  ];
}
