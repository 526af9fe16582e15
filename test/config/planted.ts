/** One mistake planted in the shipped site: in a file, a piece of text written differently; an empty piece makes a new file. */
export interface Planted {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly code: string;
  /** Where it must be told: a piece of the changed file that occurs once, with ▸ before the very place. */
  readonly at: string;
}

const wushen = 'mappings/county/wushen/';
const nmg = 'mappings/region/nmg/';

const plant = (file: string, code: string, [from, to, at]: readonly [from: string, to: string, at: string]): Planted => ({ file, code, from, to, at });

/** Forty mistakes as people make them. */
export const planted: readonly Planted[] = [
  plant('gateway.yaml', 'REGION_CODE_WRONG', ['"150626"', '"15062"', 'regionCode: ▸"15062"']),
  plant('gateway.yaml', 'UNKNOWN_KEY', ['county: wushen', 'county: wushen\ncountry: CN', '▸country: CN']),
  plant('gateway.yaml', 'ENV_MISSING', ['${QILIAN_DATA}/gateway.db', '${QILIAN_DATEN}/gateway.db', 'file: ▸"${QILIAN_DATEN}']),
  plant(`${nmg}interface.yaml`, 'WORD_UNKNOWN', ['transport: http\n', 'transport: htp\n', 'transport: ▸htp\n']),
  plant(`${nmg}interface.yaml`, 'WRONG_TYPE', ['dataSource: "150"', 'dataSource: 150', 'dataSource: ▸150']),
  plant(`${nmg}interface.yaml`, 'NUMBER_OUT_OF_RANGE', ['recordsPerBatch: 500', 'recordsPerBatch: 0', 'recordsPerBatch: ▸0']),
  plant(`${nmg}dictionaries.yaml`, 'DICTIONARY_UNKNOWN', ['is_fee: boolean_flag', 'is_fee: boolean_flags', 'is_fee: ▸boolean_flags']),
  plant(`${nmg}dictionaries.yaml`, 'FIELD_UNKNOWN', ['is_schedule: boolean_flag', 'is_shedule: boolean_flag', '▸is_shedule']),
  plant(`${nmg}rules.yaml`, 'RULE_WRONG', ['r.accept_date >= r.apply_date', 'r.accept_date >= r.aply_date', 'r.accept_date >= ▸r.aply_date']),
  plant(`${nmg}rules.yaml`, 'NAME_TWICE', ['id: step-ends-after-it-starts', 'id: case-accepted-after-applied', 'id: ▸case-accepted-after-applied, table: up_pro_process']),
  plant(`${wushen}licences.yaml`, 'SOURCE_TABLE_UNKNOWN', ['table: DZZZ_ZZLX', 'table: DZZ_ZZLX', 'table: ▸DZZ_ZZLX']),
  plant(`${wushen}licences.yaml`, 'SOURCE_COLUMN_UNKNOWN', ['column: ZZMC,', 'column: ZZMCC,', 'column: ▸ZZMCC,']),
  plant(`${wushen}licences.yaml`, 'LOOKUP_UNKNOWN', ['column: type.LXMC', 'column: typ.LXMC', 'column: ▸typ.LXMC']),
  plant(`${wushen}licences.yaml`, 'FIELD_MISSING', ['      certificate_number: { column: ZZBH, trim: true }\n', '', '▸row_guid: { column: ZZID }']),
  plant(`${wushen}licences.yaml`, 'CODE_TABLE_UNKNOWN', ['code: holder-type', 'code: holder-typ', 'code: ▸holder-typ ']),
  plant(`${wushen}licences.yaml`, 'ONE_CHARACTER', ['with: "0"', 'with: "00"', 'with: ▸"00"']),
  plant(`${wushen}licences.yaml`, 'DATE_PATTERN_WRONG', ['HH:mm:ss", yyyyMMdd,', 'HH:mm:ss", YYYYMMDD,', 'HH:mm:ss", ▸YYYYMMDD,']),
  plant(`${wushen}licences.yaml`, 'FIELD_NOT_MAPPED', ['department: up_lic_data.issue_dept ', 'department: up_lic_data.issue_department ', 'department: ▸up_lic_data.issue_department']),
  plant(`${wushen}licences.yaml`, 'LIST_EMPTY', ['ZZZT: ["4"]', 'ZZZT: []', 'ZZZT: ▸[]']),
  plant(`${wushen}cases.yaml`, 'DATASET_UNKNOWN', ['needs: { dataset: items', 'needs: { dataset: item', 'needs: { dataset: ▸item,']),
  plant(`${wushen}cases.yaml`, 'CHILD_UNKNOWN', ['each: materials', 'each: material', 'each: ▸material\n']),
  plant(`${wushen}cases.yaml`, 'PARENT_WITHOUT_EACH', ['{ column: ZIPCODE,', '{ parent: ZIPCODE,', '{ parent: ▸ZIPCODE,']),
  plant(`${wushen}cases.yaml`, 'ORIGIN_COUNT', ['accept_doc_no: { column: ACCEPTDOCNO, trim: true }', 'accept_doc_no: { trim: true }', 'accept_doc_no: ▸{ trim: true }']),
  plant(`${wushen}cases.yaml`, 'KEY_MISSING', ['address: { column: APPLYUSERADDRESS, trim: true }', 'address: { constant: 不详 }', 'address: { constant: ▸不详 }']),
  plant(`${wushen}cases.yaml`, 'VALUE_UNFIT', ['legal: { column: LEGALPERSON, trim: true }', `legal: { constant: ${'长'.repeat(101)}, because: 太长 }`, 'legal: { constant: ▸长']),
  plant(`${wushen}cases.yaml`, 'LENGTH_BEYOND', ['cut: { to: 256,', 'cut: { to: 257,', 'cut: { to: ▸257,']),
  plant(`${wushen}cases.yaml`, 'STEP_UNFIT', ['task_version: { column: item.VERSION }', 'task_version: { column: item.VERSION, date: [yyyyMMdd] }', 'item.VERSION, date: ▸[yyyyMMdd]']),
  plant(`${wushen}cases.yaml`, 'NAME_WRONG', ['column: LINKMANNAME', 'column: "LINKMANNAME;--"', 'column: ▸"LINKMANNAME;--"']),
  plant(`${wushen}cases.yaml`, 'FIELD_OF_DELIVERY', ['      zip_code:', '      cd_time: { column: MODIFYDATE }\n      zip_code:', '▸cd_time:']),
  plant(`${wushen}items.yaml`, 'SOURCE_UNKNOWN', ['source: hall\n', 'source: hal\n', 'source: ▸hal\n']),
  plant(`${wushen}items.yaml`, 'DUPLICATE_KEY', ['title: 事项\n', 'title: 事项\ntitle: 政务事项\n', '▸title: 政务事项']),
  plant(`${wushen}items.yaml`, 'TABLE_UNKNOWN', ['table: up_task_general_questions', 'table: up_task_general_question', 'table: ▸up_task_general_question\n']),
  plant(`${wushen}codes/yes-no.yaml`, 'CODE_NOT_IN_DICTIONARY', ['to: "0", region: 否', 'to: "3", region: 否', 'to: ▸"3", region: 否']),
  plant('jobs/cases-sweep.yaml', 'CRON_WRONG', ['cron: "20 2', 'cron: "20 25', 'cron: ▸"20 25']),
  plant('jobs/items-sweep.yaml', 'CRON_NEVER', ['cron: "5 2 * * *"', 'cron: "5 2 31 2 *"', 'cron: ▸"5 2 31 2 *"']),
  plant('jobs/licences.yaml', 'VALUE_EMPTY', ['title: 证照上报', 'title: ""', 'title: ▸""']),
  plant('jobs/broken.yaml', 'YAML_SYNTAX', ['', 'job: broken\ntitle: 缩进用了制表符\nguard:\n\tshare: 0.1\n', 'guard:\n▸\tshare']),
  plant('jobs/gbk.yaml', 'FILE_NOT_UTF8', ['', 'job: gbk\ntitle: \ufffd\ufffd\ufffd\n', 'title: ▸\ufffd']),
  plant('jobs/alias.yaml', 'ALIAS_UNKNOWN', ['', 'job: alias\ntitle: *nobody\n', 'title: ▸*nobody']),
  plant(`${wushen}cases.yaml`, 'SOURCE_TYPE_UNFIT', ['event_end_time: { column: ENDTIME,', 'event_end_time: { column: item.LAWDAY,', 'event_end_time: { column: ▸item.LAWDAY']),
];
