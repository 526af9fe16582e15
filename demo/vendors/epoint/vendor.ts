import { dayText, stamp } from '../../county/calendar.ts';
import { departments } from '../../county/departments.ts';
import type { LicenceTruth } from '../../county/licence-compose.ts';
import { licenceTypes } from '../../county/licence-types.ts';
import { written, type Vendor, type Written } from '../vendor.ts';
import { epointCase } from './case.ts';
import { epointCodes as c } from './codes.ts';
import { epointDirt } from './dirt.ts';
import { epointItem } from './item.ts';
import { epointTables } from './tables.ts';

function licence({ row, county }: LicenceTruth): Written {
  const organ = departments.find((one) => one.uscc === row['issue_dept_code']);
  return {
    county: [['CERT_INFO', {
      ...written(row, {
        ROWGUID: 'row_guid', CERTIDENTIFIER: 'certificate_source_id', CERTNO: 'certificate_number', CERTNAME: 'certificate_name', TYCERTCATCODE: 'certificate_type_code',
        CERTOWNERNAME: 'certificate_holder', CERTOWNERCERTTYPE: ['certificate_holder_type', c.holder], CERTOWNERNO: 'certificate_holder_code', CERTAWARDDEPT: 'issue_dept',
      }),
      CERTCATALOGID: county.localType, CERTCATALOGVERSION: '1', CERTLEVEL: 'A', OUGUID: organ?.oid ?? null, AREACODE: '150626', STATUS: '1',
      AWARDDATE: `${dayText(county.issued)} 00:00:00`, OPERATEDATE: stamp(county.modified),
    }]],
    expected: [{ table: 'up_lic_data', row }],
  };
}

/** A hall by Epoint (新点), as its MySQL tables are. */
export const epoint: Vendor = {
  name: 'epoint',
  tables: epointTables,
  ground: [
    ...departments.map(({ oid, uscc, name }) => ['FRAME_OU', { OUGUID: oid, OUCODE: uscc, OUNAME: name }] as const),
    ...licenceTypes.map((type) => ['CERT_CATALOG', { CERTCATALOGID: type.local, CERTNAME: type.name, TYCERTCATCODE: type.code }] as const),
  ],
  item: epointItem, case: epointCase, licence, dirt: epointDirt,
};
