import { stamp } from '../../county/calendar.ts';
import type { CaseTruth } from '../../county/case-compose.ts';
import type { Expected } from '../../county/region-row.ts';
import type { CountyRow } from '../../county/schema.ts';
import { except, written, type Columns, type Written } from '../vendor.ts';
import { pinyinCodes as c } from './codes.ts';

const application: Columns = {
  SBLSH: 'project_no', SXBM: 'task_code', SXQXBM: 'task_handle_item', SXMC: 'task_name', SQRLX: ['applyer_type', c.applicant], SQRMC: 'applyer_name',
  SQRZJLX: ['applyer_page_type', c.document], SQRZJHM: 'applyer_page_code', FDDBR: 'legal', LXRXM: 'contact_name', LXRZJLX: ['contact_type', c.document],
  LXRSFZJHM: 'contact_code', LXRSJ: 'contact_mobile', SBXMMC: 'project_name', TJFS: ['apply_type', c.way], SBSJ: 'apply_date', BMMC: 'org_name', DWDM: 'org_code',
};

const compact = (value: string | number | null | undefined): string => String(value).replaceAll(/[^0-9]/g, '');

/** A case in the exchange tables: its number is its key, acceptance and ending are rows of their own, the ending's time is fourteen digits. */
export function pinyinCase(truth: CaseTruth): Written {
  const number = String(truth.accept['project_no']);
  const accept = except(truth.accept, { row_guid: number, address: null, zip_code: null, local_task_code: null, local_catalog_code: null });
  const result = truth.result === null ? null : except(truth.result, { row_guid: `${number}-bj`, satisfaction: null });
  const expected: readonly Expected[] = [
    { table: 'up_pro_accept', row: accept },
    ...truth.steps.map((row) => ({ table: 'up_pro_process', row })),
    ...truth.suspensions.map((row) => ({ table: 'up_pro_special_procedure', row })),
    ...truth.materials.map((row) => ({ table: 'up_pro_material', row })),
    ...(result === null ? [] : [{ table: 'up_pro_result', row: result }]),
  ];
  const of = (row: CountyRow): CountyRow => ({ SBLSH: number, ...row });
  return {
    county: [
      ['EX_GDBS_SB', { ...written(accept, application), SBLSH_SHORT: number.slice(31), XZQHDM: '150626000000', VERSION: 1, REC_FLAG: '1', CLZT: result === null ? '2' : '4', CLSJ: stamp(truth.county.modified) }],
      ['EX_GDBS_SL', of({ SLID: `SL${number}`, ...written(accept, { SLSJ: 'accept_date', SLRXM: 'handle_user_name', SLWH: 'accept_doc_no', CNBJSJ: 'promise_date' }) })],
      ...truth.steps.map((row) => ['EX_GDBS_SP', of(written(row, { SPID: 'row_guid', HJMC: 'process_name', HJZT: ['event_name', c.step], KSSJ: 'event_start_time', JSSJ: 'event_end_time', CLRXM: 'handle_user_name', CLYJ: 'handle_explain', BZ: 'remark' }))] as const),
      ...truth.suspensions.map((row) => ['EX_GDBS_TBCX', of(written(row, { TBCXID: 'row_guid', TBCXZL: ['special_type', c.special], TBCXMC: 'special_name', YY: 'special_reason', KSRQ: 'special_time', JSRQ: 'end_time', JG: 'result', BLRXM: 'handle_user' }))] as const),
      ...truth.materials.map((row, at) => ['EX_GDBS_CL', of({ ...written(row, { CLID: 'row_guid', CLMC: 'material_name', SQFS: ['get_type', c.received], FS: 'get_num', FJMC: 'material_attach_name', BZ: 'remark' }), XH: at + 1 })] as const),
      ...(result === null ? [] : [['EX_GDBS_BJ', of({
        ...written(result, { BJJGDM: ['result_type', c.ended], BJJGMS: 'result_explain', ZJGZMC: 'result_cetr_name', ZJBH: 'result_cetr_no', LQFS: ['is_delivery_results', c.fetch], BLRXM: 'handle_user_name', BZ: 'remark' }),
        BJID: `BJ${number}`, BJSJ: compact(result['result_date']),
      })] as const]),
    ],
    expected,
  };
}
