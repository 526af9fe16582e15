import { stamp } from '../../county/calendar.ts';
import type { LicenceTruth } from '../../county/licence-compose.ts';
import { written, type Vendor, type Written } from '../vendor.ts';
import { pinyinCase } from './case.ts';
import { pinyinCodes as c } from './codes.ts';
import { pinyinDirt } from './dirt.ts';
import { pinyinItem } from './item.ts';
import { pinyinTables } from './tables.ts';

function licence({ row, county }: LicenceTruth): Written {
  return {
    county: [['EX_GDBS_ZZ', {
      ...written(row, {
        ZZID: 'row_guid', ZZBS: 'certificate_source_id', ZZBH: 'certificate_number', ZZMC: 'certificate_name', ZZLXMC: 'certificate_type', ZZLXDM: 'certificate_type_code',
        CZRMC: 'certificate_holder', CZRZJLX: ['certificate_holder_type', c.document], CZRZJHM: 'certificate_holder_code', FZJGMC: 'issue_dept',
        FZJGDM: 'issue_dept_code', FZRQ: 'issue_date', XZQHDM: 'certificate_area_code',
      }),
      ZZZT: '有效', GXSJ: stamp(county.modified),
    }]],
    expected: [{ table: 'up_lic_data', row }],
  };
}

/** A county that keeps its records in exchange tables with pinyin-initial names. */
export const pinyin: Vendor = { name: 'pinyin', tables: pinyinTables, ground: [], item: pinyinItem, case: pinyinCase, licence, dirt: pinyinDirt };
