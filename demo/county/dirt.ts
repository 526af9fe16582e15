import type { Dataset } from './dataset.ts';

/**
 * What should become of a dirty row. `quarantined`: set aside, `code` among its problems. `repaired`: delivered with the right value.
 * `delivered`: odd but right, travels as it is. `warned`: travels, with the warning `code`.
 */
export type Outcome = 'quarantined' | 'repaired' | 'delivered' | 'warned';

/** One kind of dirt met in county databases. */
export interface Dirt {
  readonly id: string;
  readonly dataset: Dataset;
  readonly title: string;
  readonly outcome: Outcome;
  /** Code that must be among the record's problems; null where none is expected. */
  readonly code: string | null;
}

const item = (id: string, title: string, code: string | null, outcome: Outcome = 'quarantined'): Dirt => ({ id: `item-${id}`, dataset: 'items', title, outcome, code });
const kase = (id: string, title: string, code: string | null, outcome: Outcome = 'quarantined'): Dirt => ({ id: `case-${id}`, dataset: 'cases', title, outcome, code });
const licence = (id: string, title: string, code: string | null, outcome: Outcome = 'quarantined'): Dirt => ({ id: `licence-${id}`, dataset: 'licences', title, outcome, code });

/** Every kind of dirt the made-up county carries; about one row in a hundred has one. */
export const dirtKinds: readonly Dirt[] = [
  item('law-too-long', '设定依据超过 256 字', 'TEXT_TOO_LONG'),
  item('name-blank', '事项名称只有空格', 'VALUE_MISSING'),
  item('code-short', '实施编码只有 30 位', 'ITEM_CODE_WRONG'),
  item('days-in-words', '承诺时限写成“三天”', 'NUMBER_INVALID'),
  item('days-negative', '承诺时限为负数', 'NUMBER_INVALID'),
  item('type-unmapped', '事项类型是本地自编代码，无对应', 'CODE_UNMAPPED'),
  item('scope-unknown', '通办范围代码不在字典内', 'CODE_UNKNOWN'),
  item('law-null-word', '设定依据写着 NULL 四个字母', 'VALUE_MISSING'),
  item('date-unreal', '计划生效日期为 2026-02-30', 'DATE_INVALID'),
  item('handle-item-twice', '业务办理项编码与先前一条重复', 'DUPLICATE_IDENTITY'),
  item('material-need-unmapped', '材料必要性为“信息免交、信用后补”，地区无此值', 'CODE_UNMAPPED'),
  item('garbled', '办理流程含替换字符 U+FFFD（转码损坏）', 'TEXT_GARBLED'),
  item('name-spaces', '事项名称首尾有全角空格', null, 'repaired'),
  item('code-full-width', '实施编码为全角字符', null, 'repaired'),
  item('date-written', '计划生效日期写作 yyyy年M月d日', null, 'repaired'),

  kase('id-check', '申请人居民身份证校验码错', 'CITIZEN_ID_WRONG'),
  kase('id-birth', '申请人居民身份证出生日期不存在', 'CITIZEN_ID_WRONG'),
  kase('id-15', '申请人仍用 15 位旧身份证号', 'CITIZEN_ID_WRONG'),
  kase('id-small-x', '身份证末位为小写 x', null, 'repaired'),
  kase('uscc-check', '申请单位统一社会信用代码校验码错', 'USCC_WRONG'),
  kase('organisation-9', '统一社会信用代码栏填 9 位旧组织机构代码', 'USCC_WRONG'),
  kase('document-unmapped', '证件类型为“其他个人证件”，无对应', 'CODE_UNMAPPED'),
  kase('channel-unmapped', '来源渠道为未登记的代码', 'CODE_UNMAPPED'),
  kase('name-blank', '申请人姓名只有空格', 'VALUE_MISSING'),
  kase('name-null-word', '申请人姓名写着 NULL', 'VALUE_MISSING'),
  kase('name-beyond-bmp', '姓名含扩展 B 区汉字，地区库三字节存不下', 'CHAR_UNSUPPORTED'),
  kase('name-mongolian', '姓名为蒙古文（含 U+202F 与变体选择符），原样上报', null, 'delivered'),
  kase('name-spaces', '姓名首尾有空格（含全角）', null, 'repaired'),
  kase('phone-hyphens', '手机号带空格和短横', null, 'repaired'),
  kase('phone-full-width', '手机号为全角数字', null, 'repaired'),
  kase('phone-two', '手机号栏写了两个号码', 'TEXT_TOO_LONG'),
  kase('applied-year-1', '申请时间为 0001-01-01', 'DATE_OUT_OF_RANGE'),
  kase('promised-2099', '承诺办结时间在 2099 年', 'DATE_OUT_OF_RANGE'),
  kase('applied-unreal', '申请时间为 2026-02-30', 'DATE_INVALID'),
  kase('accepted-before-applied', '受理时间早于申请时间', 'DATE_ORDER'),
  kase('applied-written', '申请时间写作 yyyy年M月d日', null, 'repaired'),
  kase('applied-compact', '申请时间写作 yyyyMMddHHmmss', null, 'repaired'),
  kase('step-ends-early', '环节结束早于开始', 'DATE_ORDER'),
  kase('step-opinion-missing', '环节没有办理意见（地区必填，不得编造）', 'VALUE_MISSING'),
  kase('step-emoji', '环节备注含表情符号', 'CHAR_UNSUPPORTED'),
  kase('step-garbled', '办理意见含控制字符', 'TEXT_GARBLED'),
  kase('step-remark-long', '环节备注超过 256 字（已声明截断）', 'TEXT_CUT', 'warned'),
  kase('suspension-open', '特别程序尚未结束（地区要求结束时间，不得编造）', 'VALUE_MISSING'),
  kase('item-missing', '办件所指事项不存在', 'LOOKUP_MISSING'),
  kase('number-old', '办件编号为旧系统格式', 'CASE_NO_WRONG'),
  kase('number-twice', '办件编号与先前一件重复', 'DUPLICATE_IDENTITY'),
  kase('refused-unaccepted', '不予受理，没有受理时间', 'VALUE_MISSING'),
  kase('material-too-long', '材料名称超过 200 字', 'TEXT_TOO_LONG'),

  licence('id-check', '持证人居民身份证校验码错', 'CITIZEN_ID_WRONG'),
  licence('id-birth', '持证人居民身份证出生日期不存在', 'CITIZEN_ID_WRONG'),
  licence('id-15', '持证人仍用 15 位旧身份证号', 'CITIZEN_ID_WRONG'),
  licence('id-small-x', '身份证末位为小写 x', null, 'repaired'),
  licence('uscc-check', '持证主体统一社会信用代码校验码错', 'USCC_WRONG'),
  licence('organisation-9', '统一社会信用代码栏填 9 位旧组织机构代码', 'USCC_WRONG'),
  licence('holder-type-unmapped', '持证主体代码类型为护照，无对应', 'CODE_UNMAPPED'),
  licence('holder-blank', '持证主体只有空格', 'VALUE_MISSING'),
  licence('holder-null-word', '持证主体写着 NULL', 'VALUE_MISSING'),
  licence('holder-beyond-bmp', '持证人姓名含扩展 B 区汉字', 'CHAR_UNSUPPORTED'),
  licence('holder-mongolian', '持证人姓名为蒙古文（含 U+202F 与变体选择符），原样上报', null, 'delivered'),
  licence('holder-spaces', '持证主体首尾有空格（含全角）', null, 'repaired'),
  licence('holder-too-long', '持证主体超过 256 字（多个共有人写在一栏）', 'TEXT_TOO_LONG'),
  licence('code-full-width', '持证主体代码为全角字符', null, 'repaired'),
  licence('issued-compact', '颁发日期写作 yyyyMMdd', null, 'repaired'),
  licence('issued-written', '颁发日期写作 yyyy年M月d日', null, 'repaired'),
  licence('issued-unreal', '颁发日期为 2026-02-30', 'DATE_INVALID'),
  licence('issued-year-1', '颁发日期为 0001-01-01', 'DATE_OUT_OF_RANGE'),
  licence('issued-2099', '颁发日期在 2099 年', 'DATE_OUT_OF_RANGE'),
  licence('issued-missing', '没有颁发日期', 'VALUE_MISSING'),
  licence('issuer-code-missing', '没有颁发机构代码', 'VALUE_MISSING'),
  licence('type-unknown', '证照类型不在类型表内', 'LOOKUP_MISSING'),
  licence('identifier-check', '电子证照标识校验位错（流通中常见，只警告）', 'LICENCE_ID_WRONG', 'warned'),
  licence('identifier-twice', '电子证照标识与先前一条重复', 'DUPLICATE_IDENTITY'),
  licence('name-garbled', '证照名称含替换字符 U+FFFD', 'TEXT_GARBLED'),
  licence('number-too-long', '证照编码超过 128 字', 'TEXT_TOO_LONG'),
];

/** The kinds of one dataset. */
export function dirtOf(dataset: Dataset): readonly Dirt[] {
  return dirtKinds.filter((kind) => kind.dataset === dataset);
}

/** Which of so many rows are dirty and how: about one in a hundred, every kind at least once, spread evenly, never the first rows. */
export function dirtPlan(dataset: Dataset, rows: number): ReadonlyMap<number, Dirt> {
  const kinds = dirtOf(dataset);
  const count = Math.max(kinds.length, Math.round(rows / 100));
  const plan = new Map<number, Dirt>();
  for (let n = 0; n < count; n += 1) plan.set(Math.floor(((n + 0.7) * rows) / count), kinds[n % kinds.length] as Dirt);
  return plan;
}
