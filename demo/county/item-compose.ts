import { type Seconds, daySeconds, stamp } from './calendar.ts';
import { departments } from './departments.ts';
import type { ItemPlan } from './item-plan.ts';
import type { Luck } from './luck.ts';
import { bannerName, developmentZone, regionCode, towns, villages } from './places.ts';
import type { RegionRow } from './region-row.ts';

/** An item as the region should have it, with what only the county knows. */
export interface ItemTruth {
  readonly general: boolean;
  readonly basic: RegionRow;
  readonly extend: RegionRow;
  readonly materials: readonly RegionRow[];
  readonly fees: readonly RegionRow[];
  readonly questions: readonly RegionRow[];
  readonly county: {
    readonly organOid: string;
    readonly site: ItemPlan['site'];
    readonly scansLicence: boolean;
    readonly created: Seconds;
    readonly modified: Seconds;
  };
}

/** What an item is made of: its number, what the published figures decide, and the last second it may have been changed. */
export interface ItemOrder {
  readonly n: number;
  readonly plan: ItemPlan;
  readonly until: Seconds;
}

const typesInTurn = ['20', '10', '01', '20', '07', '10', '05', '01', '20', '07', '08', '10', '01', '20', '05', '09'] as const;
const actions = ['新办', '变更', '延续', '补办', '注销', '信息查询', '年度审核', '预约办理'] as const;
const laws = [
  '《内蒙古自治区政务服务条例》第十二条', '《优化营商环境条例》第三十五条', '《中华人民共和国行政许可法》第十二条',
  '《乌审旗政务服务事项清单（演示）》', '《中华人民共和国社会保险法》第五十八条', '《中华人民共和国草原法》第三十八条',
] as const;
const materialNames = ['申请表', '申请人身份证明', '营业执照', '授权委托书', '场地使用证明', '照片', '承诺书', '既往证件原件', '法定代表人身份证明', '情况说明'] as const;
const sites = { hall: '1', town: '2', village: '3', zone: '4' } as const;

/** County code of where an item is handled: hall, town, village, development zone. */
export const siteCode = (site: ItemPlan['site']): string => sites[site];

/** One item of the banner's catalogue, complete and right. */
export function composeItem(order: ItemOrder, luck: Luck): ItemTruth {
  const { n, plan } = order;
  const department = departments[n % departments.length] as (typeof departments)[number];
  const round = Math.floor(n / departments.length);
  const subject = department.subjects[round % department.subjects.length] as string;
  const turn = Math.floor(round / department.subjects.length);
  const type = typesInTurn[(n * 7 + round) % typesInTurn.length] as string;
  const general = type !== '20';
  const level = plan.site === 'town' ? '5' : plan.site === 'village' ? '6' : '4';
  const catalogue = `${luck.chance(0.7) ? '00' : '15'}${type}${String(10000 + n).slice(-5)}${String(turn % 10).padStart(3, '0')}`;
  const taskCode = `${department.uscc}${level}${catalogue}`;
  const oid = luck.guid();
  const shared = { task_code: taskCode, task_guid: oid, task_handle_item: `${taskCode}01` };
  const modified = order.until - luck.int(900) * daySeconds - luck.int(daySeconds);
  const created = modified - luck.between(10, 700) * daySeconds;
  const free = luck.chance(0.93);
  const website = `https://zwfw.example.cn/wushen/${oid.slice(0, 8)}`;
  const objects = luck.pick(['1', '1', '2', '1,2', '1,2,3,4', '2,3,4,6']);
  const basic: RegionRow = {
    row_guid: oid,
    task_code: taskCode,
    task_handle_item: shared.task_handle_item,
    accept_condition: `符合法律法规规定条件的${objects.startsWith('1') ? '公民' : '单位'}，材料齐全、符合法定形式的，予以受理。`,
    anticipate_day: plan.lawDays,
    anticipate_explain: luck.chance(0.2) ? '以法律法规规定的期限为准' : null,
    anticipate_type: '1',
    app_is_single_login: plan.fullyOnline ? '1' : '0',
    by_law: luck.pick(laws),
    catalog_code: catalogue,
    dept_code: department.uscc,
    dept_name: department.name,
    dept_type: department.name.endsWith('公司') || department.name.endsWith('中心') ? '2' : '1',
    entrust_name: luck.chance(0.03) ? luck.pick(departments).name : null,
    fee_basis: free ? null : '《内蒙古自治区行政事业性收费目录清单（演示）》',
    handle_flow: plan.instant ? '申请—受理—办结' : '申请—受理—审查—决定—送达',
    handle_type: plan.fullyOnline ? luck.pick(['1,2', '1,2,3', '2,3']) : luck.pick(['1', '1,4']),
    is_fee: free ? '0' : '1',
    is_single_login: '1',
    limit_scene_num: plan.fullyOnline ? 0 : luck.between(1, 2),
    link_addr: plan.fullyOnline ? website : null,
    link_way: `电话：0477-000${String(1000 + (n % 9000))}（演示）`,
    local_catalog_code: `${regionCode}${String(100000 + n)}`,
    local_task_code: `WS${String(n + 1).padStart(8, '0')}`,
    mobile_terminal_url: plan.fullyOnline && luck.chance(0.6) ? `${website}/m` : null,
    plan_effective_date: `${stamp(created).slice(0, 10)} 00:00:00`,
    plan_cancel_date: luck.chance(0.02) ? '2028-12-31 00:00:00' : null,
    project_type: plan.instant ? '1' : '2',
    promise_day: plan.promiseDays,
    promise_explain: plan.instant ? '即来即办' : null,
    promise_type: 1,
    server_type: objects,
    special_procedure: luck.chance(0.1) ? '听证、现场勘验、专家评审所需时间不计入承诺时限' : '无',
    supervise_way: '电话：0477-12345（演示）；网址：https://zwfw.example.cn/complain',
    task_name: `${subject}${actions[turn % actions.length]}${turn >= actions.length ? `（第${Math.floor(turn / actions.length) + 1}类）` : ''}`,
    task_state: '1',
    task_type: type,
    task_version: luck.between(1, 9),
    transact_addr: addressOf(plan, n),
    transact_time: luck.chance(0.8) ? '法定工作日 8:30—12:00，14:30—17:30；周六“5+X”延时服务 9:00—12:00' : '法定工作日 8:30—12:00，14:30—17:30',
    use_level: level,
  };
  if (general) basic['power_source'] = luck.pick(['1', '1', '1', '2', '3', '5']);
  const cert = luck.chance(0.55);
  const extend: RegionRow = {
    row_guid: `${oid}-ext`,
    ...shared,
    corp_topic_type: objects.includes('2') ? luck.pick(['设立变更', '准营准办', '资质认证', '年检年审', '税收财务']) : null,
    user_topic_type: objects.includes('1') ? luck.pick(['户籍办理', '社会保障', '医疗卫生', '住房保障', '职业资格', '交通出行']) : null,
    handle_area: luck.pick(['4', '4', '3', '2', '1', null]),
    is_entry_center: luck.chance(0.97) ? '1' : '0',
    is_express: luck.chance(0.75) ? '1' : '0',
    is_online: plan.fullyOnline || luck.chance(0.5) ? '1' : '0',
    is_pay_online: free ? '0' : luck.chance(0.7) ? '1' : '0',
    is_schedule: luck.chance(0.9) ? '1' : '0',
    is_service_terminals: plan.atTerminal ? '1' : '0',
    limit_scene_explain: plan.fullyOnline ? null : luck.pick(['需现场核验原件', '需本人到场采集信息', '需现场勘验']),
    online_handle_depth: plan.fullyOnline ? luck.pick(['1,2,3,4,5', '1,2,3,4,5,6', '1,2,3,4,5,6,7']) : luck.pick(['1', '1,2', '1,2,3', null]),
    online_handle_url: plan.fullyOnline ? website : null,
    other_dept: luck.chance(0.04) ? luck.pick(departments).name : null,
    result_guid: cert ? `${oid}-sample` : null,
    result_name: cert ? `${subject}${subject.endsWith('证') ? '' : '证明'}` : null,
    result_type: cert ? '10' : luck.pick(['20', '30', '99']),
    service_type: null,
    ...placeFields(plan, n),
  };
  if (general) extend['limit_explain'] = luck.chance(0.05) ? '按年度指标' : null;
  const materials = Array.from({ length: luck.between(2, 5) }, (_, at) => materialOf({ at, n, scans: plan.scansLicence && at === 0, shared }, luck));
  const fees = free ? [] : [feeOf(subject, shared, luck)];
  const questions = Array.from({ length: luck.between(1, 2) }, (_, at) => questionOf(at, { subject, plan, shared }, luck));
  return { general, basic, extend, materials, fees, questions, county: { organOid: department.oid, site: plan.site, scansLicence: plan.scansLicence, created, modified } };
}

type Shared = Readonly<Record<'task_code' | 'task_guid' | 'task_handle_item', string>>;

function addressOf(plan: ItemPlan, n: number): string {
  const village = villages[n % villages.length] as (typeof villages)[number];
  if (plan.site === 'town') return `${bannerName}${(towns[n % towns.length] as { name: string }).name}便民服务中心`;
  if (plan.site === 'village') return `${bannerName}${village.town.name}${village.name}便民服务站`;
  if (plan.site === 'zone') return `${bannerName}${developmentZone}政务服务中心`;
  return `${bannerName}嘎鲁图镇政务服务中心综合窗口（${(n % 134) + 1} 号）`;
}

function placeFields(plan: ItemPlan, n: number): RegionRow {
  const village = villages[n % villages.length] as (typeof villages)[number];
  const town = plan.site === 'village' ? village.town : (towns[n % towns.length] as (typeof towns)[number]);
  const inTown = plan.site === 'town' || plan.site === 'village';
  return {
    town_code: inTown ? town.code : null,
    town_name: inTown ? town.name : null,
    village_code: plan.site === 'village' ? village.code : null,
    village_name: plan.site === 'village' ? village.name : null,
  };
}

function materialOf(order: { readonly at: number; readonly n: number; readonly scans: boolean; readonly shared: Shared }, luck: Luck): RegionRow {
  const source = luck.pick(['10', '10', '20', '99']);
  return {
    row_guid: luck.guid(),
    ...order.shared,
    accept_stand: luck.chance(0.5) ? '内容完整、清晰，签字或盖章有效' : null,
    by_law: luck.chance(0.3) ? luck.pick(laws) : null,
    fill_explain: luck.chance(0.3) ? '用黑色签字笔填写，不得涂改' : null,
    example_guid: null,
    form_guid: null,
    is_need: luck.pick(['1', '1', '1', '2', '3']),
    material_format: luck.pick(['1', '2', '3', null]),
    material_name: materialNames[(order.n + order.at) % materialNames.length] as string,
    material_type: luck.pick(['1', '2', '3', '4']),
    order_num: order.at + 1,
    page_format: luck.chance(0.4) ? 'A4' : null,
    page_num: luck.between(1, 3),
    remark: order.scans ? '可扫码亮证，免交纸质' : null,
    source_explain: source === '20' ? '由政府部门核发' : null,
    source_type: source,
  };
}

function feeOf(subject: string, shared: Shared, luck: Luck): RegionRow {
  const reduced = luck.chance(0.3);
  return {
    row_guid: luck.guid(),
    ...shared,
    by_law: '《内蒙古自治区行政事业性收费目录清单（演示）》',
    desc_explain: reduced ? '低保对象、残疾人减半' : null,
    fee_name: `${subject}工本费`,
    fee_stand: `每件 ${luck.pick([5, 10, 20, 40, 80])} 元`,
    is_desc: reduced ? '1' : '0',
    order_num: 1,
    remark: null,
  };
}

function questionOf(at: number, about: { readonly subject: string; readonly plan: ItemPlan; readonly shared: Shared }, luck: Luck): RegionRow {
  const { subject, plan, shared } = about;
  const question = at === 0 ? `办理${subject}需要多长时间？` : `${subject}可以委托他人办理吗？`;
  const answer = at === 0 ? (plan.instant ? '材料齐全的，当场办结。' : `自受理之日起 ${plan.promiseDays} 个工作日内办结。`) : '可以，请携带授权委托书和双方身份证件。';
  return { row_guid: luck.guid(), ...shared, answer, order_num: at + 1, question };
}
