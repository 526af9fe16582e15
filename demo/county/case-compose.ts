import { type Seconds, compactDay, daySeconds, stamp, weekend, workDaysLater } from './calendar.ts';
import { departments } from './departments.ts';
import type { ItemRef } from './items.ts';
import type { Luck } from './luck.ts';
import { companyOf, nameOf, personOf, phoneOf } from './people.ts';
import { terminals, villages } from './places.ts';
import type { RegionRow } from './region-row.ts';

/** A case as the region should have it, with what only the county knows. */
export interface CaseTruth {
  readonly accept: RegionRow;
  readonly steps: readonly RegionRow[];
  readonly suspensions: readonly RegionRow[];
  readonly materials: readonly RegionRow[];
  /** None while the case is still being handled. */
  readonly result: RegionRow | null;
  readonly county: {
    readonly itemOid: string;
    readonly organOid: string;
    readonly terminal: string | null;
    readonly documentCode: string;
    readonly sourceApp: string;
    readonly modified: Seconds;
  };
}

/** Hands out case numbers: the item's 31 characters, the day, and four digits that count within both. */
export interface CaseNumbers {
  next(taskCode: string, applied: Seconds): string;
}

/** What a case is made of. */
export interface CaseOrder {
  readonly item: ItemRef;
  readonly applied: Seconds;
  /** Nothing later than this has happened yet. */
  readonly until: Seconds;
  readonly numbers: CaseNumbers;
}

const opinions = {
  受理: '材料齐全，符合法定形式，予以受理。', 审查: '经审查，符合条件。', 现场勘验: '现场情况与申请一致。', 初审: '同意。', 复审: '同意，报送下一环节。',
  决定: '准予，办结。', 制证: '已制证。', 送达: '已送达申请人。',
} as const;
type StepName = keyof typeof opinions;
const instantSteps: readonly StepName[] = ['受理', '决定', '送达'];
const promisedSteps: readonly (readonly StepName[])[] = [
  ['受理', '审查', '决定', '送达'],
  ['受理', '审查', '决定', '制证', '送达'],
  ['受理', '审查', '初审', '决定', '制证', '送达'],
  ['受理', '审查', '初审', '复审', '决定', '制证', '送达'],
  ['受理', '审查', '现场勘验', '初审', '复审', '决定', '制证', '送达'],
];
const caseMaterials = ['申请表', '居民身份证复印件', '营业执照复印件', '授权委托书', '承诺书', '照片', '证明材料'] as const;

/** Case numbers counted from 0001 for each item and day. `after` continues a day that others have begun. */
export function caseNumbers(after = 0): CaseNumbers {
  const counts = new Map<string, number>();
  return {
    next(taskCode, applied) {
      const head = taskCode + compactDay(applied);
      const count = (counts.get(head) ?? after) + 1;
      counts.set(head, count);
      return head + String(count).padStart(4, '0');
    },
  };
}

/** A moment of application between two days: mostly working hours, evenings only online. */
export function appliedBetween(from: Seconds, days: number, luck: Luck): Seconds {
  for (;;) {
    const day = from + luck.int(days) * daySeconds;
    if (!weekend(day) || luck.chance(0.12)) return day + luck.between(8 * 3600 + 1800, 17 * 3600 + 1500);
  }
}

/** One case with its steps, materials and result, complete and right. */
export function composeCase(order: CaseOrder, luck: Luck): CaseTruth {
  const { item, applied, until } = order;
  const number = order.numbers.next(item.taskCode, applied);
  const department = departments[item.organ] as (typeof departments)[number];
  const byPerson = luck.chance(0.78);
  const person = personOf(luck);
  const company = byPerson ? null : companyOf(luck);
  const channel = channelOf(item, luck);
  const accepted = applied + (channel === '1' ? luck.between(300, 4 * 3600) : luck.between(20, 900));
  const clerk = nameOf(luck);
  const walk = walkOf({ item, number, accepted, until, clerk }, luck);
  const agent = !byPerson || luck.chance(0.1) ? personOf(luck) : null;
  const contact = agent ?? person;
  const accept: RegionRow = {
    row_guid: luck.guid(),
    project_no: number,
    task_code: item.taskCode,
    task_handle_item: item.handleItem,
    catalog_code: item.catalogue,
    local_catalog_code: item.localCatalogue,
    local_task_code: item.localTask,
    task_name: item.name,
    task_version: item.version,
    project_name: `关于${company?.name ?? person.name}的${item.name}`,
    project_type: item.instant ? '1' : '2',
    applyer_name: company?.name ?? person.name,
    applyer_type: company === null ? '1' : company.kind === 'enterprise' ? '2' : company.kind === 'institution' ? '3' : '4',
    applyer_page_type: company === null ? '111' : '001',
    applyer_page_code: company?.uscc ?? person.citizenId,
    contact_name: contact.name,
    contact_type: '111',
    contact_code: contact.citizenId,
    contact_mobile: agent === null ? person.phone : phoneOf(luck),
    legal: company?.legal.name ?? null,
    address: person.address,
    zip_code: luck.chance(0.6) ? '017300' : null,
    apply_type: channel,
    apply_date: stamp(applied),
    accept_date: stamp(accepted),
    accept_doc_no: luck.chance(0.4) ? `乌政受〔2026〕${luck.digits(6)}号` : null,
    promise_date: item.instant ? null : stamp(workDaysLater(accepted, item.promiseDays)),
    handle_user_name: clerk,
    org_code: department.uscc,
    org_name: department.name,
  };
  return {
    accept,
    steps: walk.steps,
    suspensions: walk.suspensions,
    materials: Array.from({ length: luck.between(1, 4) }, (_, at) => caseMaterial(at, { number, channel, applied }, luck)),
    result: walk.ended === null ? null : resultOf({ item, number, ended: walk.ended, clerk, mailed: channel === '1' && luck.chance(0.3) }, luck),
    county: {
      itemOid: item.oid,
      organOid: department.oid,
      terminal: channel === '2' ? luck.pick(terminals).code : channel === '4' ? luck.pick(villages).code : null,
      documentCode: company === null ? '31' : company.kind === 'enterprise' ? '51' : company.kind === 'institution' ? '59' : '57',
      sourceApp: luck.pick(['1', '1', '1', '2', '5']),
      modified: walk.last,
    },
  };
}

function channelOf(item: ItemRef, luck: Luck): string {
  if (item.site === 'town') return luck.chance(0.7) ? '3' : '1';
  if (item.site === 'village') return '4';
  if (item.site === 'zone') return luck.chance(0.6) ? '5' : '1';
  if (item.atTerminal && luck.chance(0.4)) return '2';
  return item.online && luck.chance(0.65) ? '1' : '0';
}

interface Walk {
  readonly steps: RegionRow[];
  readonly suspensions: RegionRow[];
  readonly ended: Seconds | null;
  readonly last: Seconds;
}

/** Walks a case through its steps until it ends or the present is reached; a step under way is not written yet. */
function walkOf(order: { readonly item: ItemRef; readonly number: string; readonly accepted: Seconds; readonly until: Seconds; readonly clerk: string }, luck: Luck): Walk {
  const { item, number, accepted, until } = order;
  const names = item.instant ? instantSteps : (promisedSteps[luck.int(promisedSteps.length)] as readonly StepName[]);
  const steps: RegionRow[] = [], suspensions: RegionRow[] = [];
  let at = accepted, last = accepted;
  for (const [turn, name] of names.entries()) {
    const spent = item.instant ? luck.between(60, 1500) : luck.between(600, 10 * 3600) + luck.int(Math.max(1, Math.min(3, item.promiseDays))) * daySeconds;
    if (at + spent > until) return { steps, suspensions, ended: null, last };
    steps.push(stepRow({ number, name, from: at, to: at + spent, clerk: turn === 0 ? order.clerk : nameOf(luck) }, luck));
    at += spent;
    last = at;
    if (turn === 1 && !item.instant && luck.chance(0.12) && at + 9 * daySeconds < until) {
      const back = at + luck.between(2, 9) * daySeconds;
      suspensions.push(suspensionRow({ number, from: at, to: back, clerk: order.clerk }, luck));
      at = back;
      last = back;
    }
  }
  return { steps, suspensions, ended: at, last };
}

function stepRow(step: { readonly number: string; readonly name: StepName; readonly from: Seconds; readonly to: Seconds; readonly clerk: string }, luck: Luck): RegionRow {
  return {
    row_guid: luck.guid(),
    project_no: step.number,
    process_name: step.name,
    event_name: luck.chance(0.985) ? '1' : '9',
    event_start_time: stamp(step.from),
    event_end_time: stamp(step.to),
    handle_user_name: step.clerk,
    handle_explain: opinions[step.name],
    remark: luck.chance(0.03) ? '已电话告知申请人' : null,
  };
}

function suspensionRow(pause: { readonly number: string; readonly from: Seconds; readonly to: Seconds; readonly clerk: string }, luck: Luck): RegionRow {
  const longer = luck.chance(0.3);
  return {
    row_guid: luck.guid(),
    project_no: pause.number,
    special_type: longer ? '1' : '2',
    special_name: longer ? '延长审批' : luck.pick(['听证', '检验检测', '专家评审', '现场勘验']),
    special_reason: longer ? '情况复杂，经负责人批准延长审批期限。' : '依法需要专门程序，所需时间不计入办理期限。',
    special_explain: null,
    special_time: stamp(pause.from),
    end_time: stamp(pause.to),
    result: longer ? '延长期内办理' : '程序完成，恢复办理',
    applyer_user_name: null,
    handle_user: pause.clerk,
    remark: null,
  };
}

function caseMaterial(at: number, about: { readonly number: string; readonly channel: string; readonly applied: Seconds }, luck: Luck): RegionRow {
  const online = about.channel === '1' || about.channel === '2';
  const mode = online ? luck.pick(['2', '2', '3', '4']) : luck.pick(['1', '1', '1', '3']);
  return {
    row_guid: luck.guid(),
    project_no: about.number,
    material_name: caseMaterials[(at + luck.int(3)) % caseMaterials.length] as string,
    get_type: mode,
    get_num: mode === '1' ? String(luck.between(1, 3)) : '1',
    material_attach_name: mode === '2' ? `附件${at + 1}-${compactDay(about.applied)}.pdf` : null,
    remark: null,
  };
}

function resultOf(end: { readonly item: ItemRef; readonly number: string; readonly ended: Seconds; readonly clerk: string; readonly mailed: boolean }, luck: Luck): RegionRow {
  const type = luck.chance(0.965) ? '0' : luck.pick(['1', '2', '5', '6']);
  const cert = type === '0' && end.item.resultName !== null && luck.chance(0.8);
  return {
    row_guid: luck.guid(),
    project_no: end.number,
    result_type: type,
    result_date: stamp(end.ended),
    result_explain: { '0': '准予，已办结。', '1': '不符合法定条件，不予许可。', '2': '申请人撤回，作废。', '5': '逾期未补正，退件。', '6': '不属于本部门职权，不予受理。' }[type] ?? null,
    result_cetr_name: cert ? end.item.resultName : null,
    result_cetr_no: cert ? `WSQ${compactDay(end.ended)}${luck.digits(6)}` : null,
    is_delivery_results: end.mailed ? '1' : '0',
    handle_user_name: end.clerk,
    satisfaction: luck.chance(0.22) ? luck.pick(['1', '1', '1', '2', '3', '4']) : null,
    remark: null,
  };
}
