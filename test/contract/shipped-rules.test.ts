import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { compileContract, type Contract } from '../../src/contract/contract.ts';
import type { ContractData } from '../../src/contract/data.ts';
import { groupOf, type Values } from '../../src/contract/rule-frame.ts';
import type { Value } from '../../src/contract/table-shape.ts';
import { shippedProfile } from '../fakes/shipped-profile.ts';
import { root } from '../house/tree.ts';

type Fields = Readonly<Record<string, Value>>;
type Aggregate = Readonly<Record<string, readonly Fields[]>>;

const folder = join(root, 'mappings/region/nmg');
const { records: written, text } = shippedProfile();
const data: ContractData = {
  tables: JSON.parse(readFileSync(join(folder, 'tables.json'), 'utf8')) as ContractData['tables'],
  ...(parse(readFileSync(join(folder, 'dictionaries.yaml'), 'utf8')) as Pick<ContractData, 'dictionaries' | 'fields'>),
  ...(parse(readFileSync(join(folder, 'rules.yaml'), 'utf8')) as Pick<ContractData, 'rules'>),
  text, control: Object.keys(written.fields),
};
const contract: Contract = compileContract(data);

const item = '11150626MB0A12342C4150123001000';
const no = `${item}202607080001`;
const at = (day: number): string => `2026-07-${String(day).padStart(2, '0')} 09:00:00`;

const aCase: Aggregate = {
  up_pro_accept: [{
    row_guid: 'c', project_no: no, task_code: item, task_handle_item: `${item}01`, org_code: '11150626MB0A12342C', applyer_type: '1', applyer_page_type: '111', applyer_page_code: '150626199001011239',
    contact_mobile: '13800000000', apply_date: at(8), accept_date: at(9), promise_date: at(20), project_type: '2',
  }],
  up_pro_process: [{ row_guid: 's', project_no: no, event_start_time: at(9), event_end_time: at(10) }],
  up_pro_special_procedure: [{ row_guid: 'p', project_no: no, special_time: at(10), end_time: at(11) }],
  up_pro_material: [{ row_guid: 'm', project_no: no, get_num: '1' }],
  up_pro_result: [{ row_guid: 'r', project_no: no, result_date: at(12), result_type: '0', result_cetr_name: '证', result_cetr_no: '1' }],
};
const anItem: Aggregate = {
  up_task_general_basic: [{
    row_guid: 'i', task_code: item, task_handle_item: `${item}01`, catalog_code: '150123001000', dept_code: '11150626MB0A12342C', anticipate_day: 20, anticipate_type: '1', promise_day: 5, promise_type: 1,
    project_type: '2', limit_scene_num: 1, is_fee: '1', fee_basis: '依据', link_way: '0477-7581111', supervise_way: '0477-7582222', server_type: '1,2', task_version: 2,
    plan_effective_date: at(1), plan_cancel_date: at(2),
  }],
  up_task_general_extend: [{ row_guid: 'e', task_guid: 'i', limit_scene_explain: '核验原件', is_online: '1', is_express: '0', is_pay_online: '1', online_handle_depth: '1,2', result_type: '10', result_name: '某证', result_guid: '样本', user_topic_type: '社会保障', corp_topic_type: '设立变更', town_code: '150626102000', village_code: '150626102201' }],
  up_task_general_material: [{ row_guid: 'm', task_guid: 'i' }],
  up_task_general_fee_project: [{ row_guid: 'f', task_guid: 'i', is_desc: '1', desc_explain: '减半' }],
  up_task_general_questions: [{ row_guid: 'q', task_guid: 'i' }],
};
const identifier = '1.2.156.3005.2.11100000000013338W032.11150626MB0A12342C.15062600000000000001.001.M';
const aLicence: Aggregate = {
  up_lic_data: [{ row_guid: 'l', certificate_source_id: identifier, certificate_type_code: '11100000000013338W032', certificate_area_code: '150626000000', issue_dept_code: '11150626MB0A12342C', certificate_holder_code: '150626199001011239', certificate_holder_type: '111', issue_date: '20260708' }],
};

/** The aggregate with one field of one table's records otherwise. */
function otherwise(aggregate: Aggregate, table: string, fields: Fields): Aggregate {
  return { ...aggregate, [table]: (aggregate[table] ?? []).map((record) => ({ ...record, ...fields })) };
}

/** The rules that find something in an aggregate; with `before`, also those about the change. */
function found(aggregate: Aggregate, before?: Aggregate): readonly string[] {
  const [now, then] = [opened(aggregate), opened(before ?? {})];
  const around = { all: groupOf(now), were: groupOf(then) };
  const problems = now.flatMap(({ table, values }) => {
    const had = then.find((one) => one.table === table && one.values[0] === values[0]);
    return [
      ...contract.check(table, values), ...(contract.across(table)?.(values, around) ?? []),
      ...(had === undefined ? [] : contract.changing(table)?.(values, { ...around, before: had.values }) ?? []),
    ];
  });
  return [...new Set(problems.map((problem) => problem.rule).filter((name) => name !== undefined))];
}

function opened(aggregate: Aggregate): readonly { readonly table: string; readonly values: Values }[] {
  return Object.entries(aggregate).flatMap(([table, records]) => records.map((record) => ({ table, values: contract.shape(table).fields.map((field) => record[field.name] ?? null) })));
}

describe('the region’s rules', () => {
  it('find nothing in a right case, a right item, a right licence, nor in the same once more', () => {
    for (const one of [aCase, anItem, aLicence]) expect(found(one, one)).to.deep.equal([]);
  });

  const [accept, step, pause, result] = ['up_pro_accept', 'up_pro_process', 'up_pro_special_procedure', 'up_pro_result'] as const;
  const [basic, extend, fee] = ['up_task_general_basic', 'up_task_general_extend', 'up_task_general_fee_project'] as const;
  for (const [why, aggregate, rules] of [
    ['a step that begins before the acceptance', otherwise(aCase, step, { event_start_time: at(8) }), ['step-after-acceptance']],
    ['a step that ends after the result', otherwise(aCase, step, { event_end_time: at(13) }), ['step-before-result']],
    ['a suspension before the acceptance', otherwise(aCase, pause, { special_time: at(8) }), ['suspension-after-acceptance']],
    ['a suspension beyond the result', otherwise(aCase, pause, { end_time: at(13) }), ['suspension-before-result']],
    ['a suspension of an instant case', otherwise(aCase, accept, { project_type: '1' }), ['suspension-in-promised-case']],
    ['a result before the acceptance', otherwise({ ...aCase, [step]: [], [pause]: [] }, result, { result_date: at(8) }), ['result-after-acceptance', 'result-after-steps']],
    ['two results', { ...aCase, [result]: [...aCase[result] ?? [], { ...aCase[result]?.[0], row_guid: 'r2' }] }, ['result-only-one']],
    ['a result licence without its number', otherwise(aCase, result, { result_cetr_no: null }), ['result-certificate-has-number']],
    ['a licence for a refused case', otherwise(aCase, result, { result_type: '1' }), ['result-certificate-when-granted']],
    ['a promise before the acceptance', otherwise(aCase, accept, { promise_date: at(8) }), ['case-promised-after-accepted']],
    ['a case number of another item', otherwise(aCase, accept, { task_code: '11150626MB0A12342C4150123001001', task_handle_item: '11150626MB0A12342C415012300100101' }), ['case-number-of-item']],
    ['a handling item code without its serial', otherwise(aCase, accept, { task_handle_item: item }), ['case-handling-code']],
    ['a person with a company’s document', otherwise(aCase, accept, { applyer_page_type: '821' }), ['case-person-with-person-document']],
    ['a company with a person’s document', otherwise(aCase, accept, { applyer_type: '2', legal: '巴图' }), ['case-organisation-with-organisation-document']],
    ['a step of another case', otherwise(aCase, step, { project_no: 'other' }), ['case-process-of-case']],
    ['an item that promises more time than the law gives', otherwise(anItem, basic, { promise_day: 21 }), ['item-promise-within-law-general']],
    ['an instant item that takes days', otherwise(anItem, basic, { project_type: '1' }), ['item-instant-promises-none-general']],
    ['a promised item that promises no time', otherwise(anItem, basic, { promise_day: 0 }), ['item-promised-promises-some-general']],
    ['an item called instant that is not', otherwise(anItem, basic, { promise_explain: '即来即办' }), ['item-named-instant-general']],
    ['a visit without a reason', otherwise(anItem, extend, { limit_scene_explain: null }), ['item-visit-has-reason-general']],
    ['no visit, but neither net nor post', otherwise(otherwise(anItem, basic, { limit_scene_num: 0 }), extend, { is_online: '0' }), ['item-no-visit-by-net-or-post-general']],
    ['a fully online item that wants a visit', otherwise(anItem, extend, { online_handle_depth: '1,5' }), ['item-fully-online-no-visit-general']],
    ['a fee without its basis', otherwise(anItem, basic, { fee_basis: null }), ['item-fee-has-basis-general']],
    ['a fee without its project', { ...anItem, [fee]: [] }, ['item-fee-has-project-general']],
    ['a fee that cannot be paid online', otherwise(anItem, extend, { is_pay_online: '0' }), ['item-fee-paid-online-general']],
    ['a free item with a fee', otherwise(anItem, basic, { is_fee: '0' }), ['item-free-has-no-project-general', 'item-free-not-paid-online-general']],
    ['a reduction without its basis', otherwise(anItem, fee, { desc_explain: null }), ['item-reduction-has-basis-general']],
    ['one telephone for advice and complaints', otherwise(anItem, basic, { supervise_way: '投诉 0477-7581111' }), ['item-consulting-not-complaints-general']],
    ['a telephone without its area code', otherwise(anItem, basic, { link_way: '7581111' }), ['item-consulting-with-area-code-general']],
    ['an item without questions', { ...anItem, up_task_general_questions: [] }, ['item-has-questions-general']],
    ['a licence as the result, but no name', otherwise(anItem, extend, { result_name: null }), ['item-result-has-name-general']],
    ['a result called a licence that is none', otherwise(anItem, extend, { result_type: '20' }), ['item-certificate-is-certificate-general']],
    ['a village outside its town', otherwise(anItem, extend, { village_code: '150626103201' }), ['item-village-code-general']],
    ['a department code that fails its check', otherwise(anItem, basic, { dept_code: '11150626MB0A12342D' }), ['item-code-of-department-general', 'item-department-code-general']],
    ['an area that is none', otherwise(aLicence, 'up_lic_data', { certificate_area_code: '150026000000' }), ['licence-area-code']],
    ['an identifier of another type', otherwise(aLicence, 'up_lic_data', { certificate_type_code: '11100000000013338W011' }), ['licence-identifier-of-type']],
    ['an issuer’s code that fails its check', otherwise(aLicence, 'up_lic_data', { issue_dept_code: '11150626MB0A12342D' }), ['licence-issuer-code']],
  ] as const) {
    it(`see ${why}`, () => expect(found(aggregate)).to.have.members(rules));
  }

  for (const [why, now, before, rules] of [
    ['a concluded case that is running again', { ...aCase, up_pro_result: [] }, aCase, ['case-stays-concluded']],
    ['a step that has gone', { ...aCase, up_pro_process: [], up_pro_result: [] }, { ...aCase, up_pro_result: [] }, ['case-keeps-its-steps']],
    ['an acceptance that has moved', otherwise(aCase, accept, { accept_date: '2026-07-08 10:00:00' }), aCase, ['case-keeps-its-acceptance-date']],
    ['an applicant who has become another', otherwise(aCase, accept, { applyer_page_code: '11010519491231002X' }), aCase, ['case-keeps-its-applicant']],
    ['a promise put off without a special procedure', otherwise(aCase, accept, { promise_date: at(25) }), aCase, ['case-keeps-its-promise']],
    ['a promise put off by a special procedure is none', otherwise(aCase, accept, { promise_date: at(25) }), { ...aCase, up_pro_special_procedure: [] }, []],
    ['a result that has become another', otherwise(aCase, result, { result_date: at(13) }), aCase, ['result-keeps-its-date']],
    ['an item whose version falls', otherwise(anItem, basic, { task_version: 1 }), anItem, ['item-version-does-not-fall-general']],
    ['a licence that changes hands under one identifier', otherwise(aLicence, 'up_lic_data', { certificate_holder_code: '11010519491231002X' }), aLicence, ['licence-keeps-its-holder']],
    ['a renewed licence under a new identifier is none', otherwise(aLicence, 'up_lic_data', { certificate_holder_code: '11010519491231002X' }), otherwise(aLicence, 'up_lic_data', { certificate_source_id: identifier.replace('.001.M', '.000.M') }), []],
  ] as const) {
    it(`see a change: ${why}`, () => expect(found(now, before)).to.have.members(rules));
  }

  it('each say who owns them, what is wrong, and where that is written', () => {
    expect(data.rules.filter(({ owner, sentence, source }) => owner === '' || sentence === '' || source === '')).to.deep.equal([]);
  });
  it('refuse only what a region refuses: nothing across records or versions', () => {
    expect(data.rules.filter((rule) => rule.severity === 'refuse' && (rule.scope ?? 'record') !== 'record').map((rule) => rule.id)).to.deep.equal([]);
  });
});
