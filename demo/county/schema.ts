/** A county table: its columns in order, the first one its primary key; a column is text unless its name ends in `#` (integer). */
export interface TableShape {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly string[];
  /** Columns of further indexes, as the vendor ships them. */
  readonly indexes: readonly (readonly string[])[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The tables of the hall system (卓繁综窗 column names) and of the licence library (pinyin initials). */
export const tables = {
  organ: shape('SYSORGAN', '机构', 'ORGANOID ORGANCODE ORGANNAME DISTRICTCODE', []),
  terminal: shape('SYSTERMINAL', '自助终端', 'TERMINALOID TERMINALCODE TERMINALNAME ORGANOID DISTRICTCODE USEFLAG INSTALLDATE', []),
  item: shape('SXSERVICE', '事项', `
    SERVICEOID DISTRICTOID ORGANOID ORGANNAME BASICCODE ITEMNO IMPLEMENTCODE STATENO LOCALIMPLEMENTCODE SERVICENAME SERVICETYPEOID
    SERVICESTATUS VERSION# LEVELCODE SUBJECTNATURE POWERSOURCE ENTRUSTORGAN SERVICEOBJECT CASETYPE HANDLEFORM ONLINEHANDLEDEPTH
    LAWDAY# LAWDAYTYPE LAWDAYEXPLAIN PROMISEDAY# PROMISEDAYTYPE PROMISEDAYEXPLAIN SPECIALPROCEDURE CHARGEFLAG CHARGEBASIS ONLINEPAYFLAG
    HANDLECONDITION HANDLEFLOW SETBASIS HANDLEADDRESS HANDLETIME CONSULTWAY SUPERVISEWAY PCSSOFLAG APPSSOFLAG PCURL APPURL
    ONSITETIMES# ONSITEREASON EFFECTIVEDATE CANCELDATE HANDLESCOPE ENTERCENTERFLAG EXPRESSFLAG ONLINEFLAG APPOINTMENTFLAG TERMINALFLAG
    QUANTITYLIMIT COOPERATEORGAN RESULTNAME RESULTTYPE RESULTSAMPLE AGENCYSERVICE TOWNCODE TOWNNAME VILLAGECODE VILLAGENAME
    PERSONTOPIC LEGALTOPIC ELECCERTPRODUCEFLAG SCANLICENCEFLAG SITETYPE DELFLAG CREATEDATE MODIFYDATE`, [['MODIFYDATE', 'SERVICEOID']]),
  itemMaterial: shape('SXSERVICEMATERIAL', '事项材料', `
    MATERIALOID SERVICEOID MATERIALNAME MATERIALTYPE MATERIALFORMAT MATERIALSOURCE SOURCEEXPLAIN MUSTFLAG PAGENUM# PAGEFORMAT ACCEPTSTANDARD
    SETBASIS FILLEXPLAIN EXAMPLEFILE BLANKFILE REMARK SORTORDER#`, [['SERVICEOID']]),
  itemFee: shape('SXSERVICEFEE', '事项收费', 'FEEOID SERVICEOID FEENAME FEESTANDARD FEEBASIS REDUCEFLAG REDUCEBASIS REMARK SORTORDER#', [['SERVICEOID']]),
  itemQuestion: shape('SXSERVICEQUESTION', '事项常见问题', 'QUESTIONOID SERVICEOID QUESTION ANSWER SORTORDER#', [['SERVICEOID']]),
  case: shape('QLCASE', '办件', `
    CASEOID SERVICEOID CASENUMBER ORGANOID CASESTATUS DELFLAG SERVICENAME PROJECTNAME CASETYPE SOURCEAPP SOURCETYPE TERMINALCODE QUEUENUM
    CREATEDATE ACCEPTANCEDATE SHOULDCONCLUDEDATE CONCLUDEDATE ACCEPTDOCNO ACCEPTUSERNAME APPLYUSERTYPE APPLYUSERNAME CREDENTIALTYPE
    CREDENTIALNUMBER APPLYUSERPHONE APPLYUSERADDRESS ZIPCODE LEGALPERSON LINKMANNAME LINKMANCREDENTIALTYPE LINKMANCREDENTIALNUMBER
    CERTWAY REMARKS MODIFYDATE`, [['MODIFYDATE', 'CASEOID']]),
  step: shape('QLCASEPROCESS', '办件环节', 'PROCESSOID CASEOID PROCESSNAME PROCESSRESULT STARTTIME ENDTIME USERNAME OPINION REMARK', [['CASEOID']]),
  suspension: shape('QLCASESPECIAL', '办件特别程序', `
    SPECIALOID CASEOID SPECIALTYPE SPECIALNAME REASON EXPLAIN STARTTIME ENDTIME RESULT APPLYUSERNAME HANDLEUSERNAME REMARK`, [['CASEOID']]),
  caseMaterial: shape('QLCASEMATERIAL', '办件材料', 'CASEMATERIALOID CASEOID MATERIALNAME RECEIVEMODE RECEIVENUM ATTACHNAME REMARK SORTORDER#', [['CASEOID']]),
  result: shape('QLCASELINKRESULT', '办件结果', 'RESULTOID CASEOID RESULTNAME RESULTCODE RESULTEXPLAIN HANDLEUSERNAME SATISFACTION REMARK', [['CASEOID']]),
  evaluation: shape('QLEVALUATE', '好差评', 'EVALUATEOID CASENUMBER SATISFACTION DEFAULTFLAG CONTENT EVALUATEDATE', [['CASENUMBER']]),
  catalogue: shape('SXDIRECTORY', '基本目录', 'CATALOGCODE CATALOGNAME TASKTYPE STATE UPDATETIME', []),
  licenceType: shape('DZZZ_ZZLX', '证照类型', 'LXDM LXMC GBLXDM DYJG CZZTFL', []),
  licence: shape('DZZZ_ZZXX', '证照信息', `
    ZZID ZZBS ZZBH ZZMC LXDM CZZT CZZTDM CZZTDMLX BFJG BFJGDM BFRQ YXQQ YXQZ ZZZT SFQZ WJLJ XZQH CJSJ GXSJ`, [['GXSJ', 'ZZID']]),
} as const;

export type TableName = keyof typeof tables;

/** A county row as the vendor's table holds it. */
export type CountyRow = Record<string, string | number | null>;

/** Statements that make a table. Its indexes are made when the rows are in. */
export function createTable(table: TableShape): string {
  const columns = table.columns.map((column, n) => {
    const type = column.endsWith('#') ? 'integer' : 'text';
    return `${bare(column)} ${type}${n === 0 ? ' not null primary key' : ''}`;
  });
  return `create table ${table.name} (${columns.join(', ')})`;
}

/** Statements that make a table's indexes. */
export function createIndexes(table: TableShape): readonly string[] {
  return table.indexes.map((columns) => `create index IDX_${table.name}_${columns[0]} on ${table.name} (${columns.join(', ')})`);
}

function shape(name: string, title: string, columns: string, indexes: readonly (readonly string[])[]): TableShape {
  return { name, title, columns: words(columns), indexes };
}

/** A column's name without its type mark. */
export function bare(column: string): string {
  return column.endsWith('#') ? column.slice(0, -1) : column;
}
