import { hash } from 'node:crypto';
import type { Cell, PresentChange, Row } from '../src/record/change.ts';
import { goodCitizenId, goodUscc, realDay } from './floor-check-digits.ts';

/** A case made by hand: the bodies and digests of its records in the region's order, and one digest over all. */
export interface HandCase {
  readonly bodies: readonly string[];
  readonly fingerprint: string;
}

const channels: Codes = { 1: '0', 0: '2', 2: '1', 4: '2', 5: '3', 6: '4', 7: '5' };
const documents: Codes = { 31: '111', 32: '114', 33: '414', 35: '516', 38: '553', 51: '001', 53: '001', 57: '001', 59: '001' };
const applicants: Codes = { 0: '1', 1: '2', 2: '3', 3: '4', 9: '9' };
const kinds: Codes = { 0: '1', 1: '2' };
const stepResults: Codes = { 0: '1', 1: '2', 2: '9' };
const pauses: Codes = { 1: '1', 2: '2' };
const receipts: Codes = { 0: '1', 1: '2', 2: '3', 3: '4' };
const deliveries: Codes = { 1: '0', 2: '0', 3: '1', 4: '0' };
const endings: Codes = { 3: '0', 44: '1', 4: '2', 5: '5', 7: '6' };
const satisfactions: Codes = { 5: '1', 4: '2', 3: '3', 2: '4', 1: '5' };

type Codes = Readonly<Record<string, string>>;
type Body = Record<string, string | number | null>;

/** Maps, checks and fingerprints one case with its steps, suspensions, materials and results; null when it is not fit. */
export function handCase({ row, children, lookups }: PresentChange): HandCase | null {
  const { item, organ } = lookups;
  if (item === undefined || organ === undefined) return null;
  const number = narrow(row['CASENUMBER']).toUpperCase();
  const made: (readonly [string, Body | null])[] = [['up_pro_accept', acceptance(row, { item, organ, number })]];
  for (const step of children['steps'] ?? []) made.push(['up_pro_process', stepOf(step, number)]);
  for (const pause of children['suspensions'] ?? []) made.push(['up_pro_special_procedure', pauseOf(pause, number)]);
  for (const material of children['materials'] ?? []) made.push(['up_pro_material', materialOf(material, number)]);
  for (const result of children['results'] ?? []) made.push(['up_pro_result', resultOf(result, { row, number })]);
  const bodies: string[] = [];
  let lines = '';
  for (const [table, body] of made) {
    if (body === null) return null;
    const json = JSON.stringify(body);
    bodies.push(json);
    lines += `${table} ${body['row_guid']} ${hash('sm3', json, 'base64url')}\n`;
  }
  return { bodies, fingerprint: bodies.length === 1 ? hash('sm3', bodies[0] ?? '', 'base64url') : hash('sm3', lines, 'base64url') };
}

function acceptance(row: Row, { item, organ, number }: { readonly item: Row; readonly organ: Row; readonly number: string }): Body | null {
  const applied = moment(row['CREATEDATE']);
  const accepted = moment(row['ACCEPTANCEDATE']);
  const promised = moment(row['SHOULDCONCLUDEDATE']);
  const code = narrow(row['CREDENTIALNUMBER']).toUpperCase();
  const codeType = documents[text(row['CREDENTIALTYPE'])];
  const contactCode = narrow(row['LINKMANCREDENTIALNUMBER']).toUpperCase();
  const contactType = documents[text(row['LINKMANCREDENTIALTYPE'])] ?? null;
  const task = narrow(item['IMPLEMENTCODE']).toUpperCase();
  const mobile = digits(narrow(row['APPLYUSERPHONE']));
  if ((promised === null && text(row['SHOULDCONCLUDEDATE']) !== '') || (mobile !== null && mobile.length > 11)) return null;
  const body: Body = {
    row_guid: text(row['CASEOID']), accept_date: accepted, accept_doc_no: maybe(row['ACCEPTDOCNO'], 50), address: maybe(row['APPLYUSERADDRESS'], 1000), apply_date: applied,
    apply_type: channels[text(row['SOURCETYPE'])] ?? null, applyer_name: maybe(row['APPLYUSERNAME'], 100), applyer_page_code: code, applyer_page_type: codeType ?? null,
    applyer_type: applicants[text(row['APPLYUSERTYPE'])] ?? null, catalog_code: narrow(item['BASICCODE']).toUpperCase(), contact_code: contactCode === '' ? null : contactCode,
    contact_mobile: mobile, contact_name: maybe(row['LINKMANNAME'], 100), contact_type: contactType, handle_user_name: maybe(row['ACCEPTUSERNAME'], 100),
    legal: maybe(row['LEGALPERSON'], 100), local_catalog_code: maybe(item['ITEMNO'], 50), local_task_code: maybe(item['LOCALIMPLEMENTCODE'], 50), org_code: narrow(organ['ORGANCODE']).toUpperCase(),
    org_name: maybe(organ['ORGANNAME'], 100), project_name: maybe(row['PROJECTNAME'], 1000), project_no: number, project_type: kinds[text(row['CASETYPE'])] ?? null, promise_date: promised,
    task_code: task, task_handle_item: narrow(item['STATENO']).toUpperCase(), task_name: maybe(row['SERVICENAME'], 1000), task_version: Number(item['VERSION']), zip_code: narrow(row['ZIPCODE']) || null,
  };
  if (applied === null || accepted === null || accepted < applied || codeType === undefined || !fits(body, 'accept_doc_no address contact_code contact_mobile contact_name contact_type handle_user_name legal promise_date zip_code')) return null;
  if ((codeType === '111' && !goodCitizenId(code)) || (codeType === '001' && !goodUscc(code)) || (contactType === '111' && !goodCitizenId(contactCode))) return null;
  return number.length === 43 && goodUscc(number.slice(0, 18)) && realDay(number, 31) ? body : null;
}

function stepOf(step: Row, number: string): Body | null {
  const [from, to] = [moment(step['STARTTIME']), moment(step['ENDTIME'])];
  const body: Body = {
    row_guid: text(step['PROCESSOID']), event_end_time: to, event_name: stepResults[text(step['PROCESSRESULT'])] ?? null, event_start_time: from,
    handle_explain: maybe(step['OPINION'], 2000), handle_user_name: maybe(step['USERNAME'], 100), process_name: maybe(step['PROCESSNAME'], 1000), project_no: number, remark: text(step['REMARK']).slice(0, 256) || null,
  };
  return from !== null && to !== null && to >= from && fits(body, 'remark') ? body : null;
}

function pauseOf(pause: Row, number: string): Body | null {
  const [from, to] = [moment(pause['STARTTIME']), moment(pause['ENDTIME'])];
  const body: Body = {
    row_guid: text(pause['SPECIALOID']), applyer_user_name: maybe(pause['APPLYUSERNAME'], 100), end_time: to, handle_user: maybe(pause['HANDLEUSERNAME'], 100), project_no: number, remark: maybe(pause['REMARK'], 256),
    result: maybe(pause['RESULT'], 2000), special_explain: maybe(pause['EXPLAIN'], 2000), special_name: maybe(pause['SPECIALNAME'], 1000), special_reason: maybe(pause['REASON'], 2000), special_time: from,
    special_type: pauses[text(pause['SPECIALTYPE'])] ?? null,
  };
  return from !== null && to !== null && to >= from && fits(body, 'applyer_user_name handle_user remark result special_explain') ? body : null;
}

function materialOf(material: Row, number: string): Body | null {
  const body: Body = {
    row_guid: text(material['CASEMATERIALOID']), get_num: maybe(material['RECEIVENUM'], 5), get_type: receipts[text(material['RECEIVEMODE'])] ?? null,
    material_attach_name: maybe(material['ATTACHNAME'], 200), material_name: maybe(material['MATERIALNAME'], 200), project_no: number, remark: maybe(material['REMARK'], 1000),
  };
  return fits(body, 'get_num material_attach_name remark') ? body : null;
}

function resultOf(result: Row, { row, number }: { readonly row: Row; readonly number: string }): Body | null {
  const body: Body = {
    row_guid: text(result['RESULTOID']), handle_user_name: maybe(result['HANDLEUSERNAME'], 100), is_delivery_results: deliveries[text(row['CERTWAY'])] ?? null, project_no: number, remark: maybe(result['REMARK'], 256),
    result_cetr_name: maybe(result['RESULTNAME'], 256), result_cetr_no: maybe(result['RESULTCODE'], 2000), result_date: moment(row['CONCLUDEDATE']), result_explain: maybe(result['RESULTEXPLAIN'], 2000),
    result_type: endings[text(row['CASESTATUS'])] ?? null, satisfaction: satisfactions[text(result['SATISFACTION'])] ?? null,
  };
  return fits(body, 'handle_user_name remark result_cetr_name result_cetr_no result_explain satisfaction') ? body : null;
}

const tooLong = '\u0000';

/** Trimmed; null when there is none; a text beyond its column becomes one that `fits` refuses. */
function maybe(cell: Cell | undefined, most: number): string | null {
  const value = text(cell);
  return value === '' ? null : value.length > most ? tooLong : value;
}

function text(cell: Cell | undefined): string {
  const value = typeof cell === 'string' ? cell.trim() : cell === null || cell === undefined ? '' : String(cell);
  return value === 'NULL' || value === 'null' ? '' : value;
}

function narrow(cell: Cell | undefined): string {
  const value = text(cell);
  return /[！-～]/.test(value) ? value.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)) : value;
}

function digits(value: string): string | null {
  return value === '' ? null : /[\s-]/.test(value) ? value.replace(/(?<=\d)[\s-]+(?=\d)/g, '') : value;
}

/** yyyy-MM-dd HH:mm:ss from that, with a fraction, yyyyMMddHHmmss or yyyy年M月d日; null for anything else. */
function moment(cell: Cell | undefined): string | null {
  const value = text(cell);
  const found = value.charCodeAt(4) === 45 ? value.slice(0, 19) : otherMoment(value);
  return found.length === 19 && realDay(found.slice(0, 4) + found.slice(5, 7) + found.slice(8, 10), 0) && found > '1900' && found < '2099' ? found : null;
}

function otherMoment(value: string): string {
  if (/^\d{14}$/.test(value)) return `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6, 8)} ${value.slice(8, 10)}:${value.slice(10, 12)}:${value.slice(12)}`;
  const written = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(value);
  return written === null ? '' : `${written[1]}-${written[2]?.padStart(2, '0')}-${written[3]?.padStart(2, '0')} 00:00:00`;
}

const optionalOf = new Map<string, ReadonlySet<string>>();

/** Whether every field that must have a value has one, and no text holds what the region's columns cannot. */
function fits(body: Body, optional: string): boolean {
  const may = optionalOf.get(optional) ?? new Set(optional.split(' '));
  optionalOf.set(optional, may);
  for (const name in body) {
    const value = body[name];
    if (value === null || value === '' ? !(may.has(name) || name.startsWith('local_') || name === 'project_name') : typeof value === 'string' && garbled(value)) return false;
  }
  return true;
}

function garbled(value: string): boolean {
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if ((code >= 0xd800 && code < 0xe000) || code === 0xfffd || code < 9) return true;
  }
  return false;
}
