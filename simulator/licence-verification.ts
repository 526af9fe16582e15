import { answer } from './answer.ts';
import type { Answer } from './answer.ts';
import { objectIn } from './region.ts';
import type { Call, Region } from './region.ts';

/** Results as the share service numbers them; 1 (not activated) and 2 (suspended) have no field in `up_lic_data` and never come. */
export const results = {
  '0': '正确有效', '1': '未激活', '2': '暂时失效', '3': '已失效', '4': '信息不全', '5': '查无', '6': '参数错误', '7': '部分有误',
} as const;

const table = 'up_lic_data';
/** What a caller may state besides the identifier, to be compared with what is stored. */
const statements: readonly string[] = ['certificate_holder_code', 'certificate_number', 'certificate_type_code'];
const root = '1.2.156.3005.2.';

/** `POST /v1/licences/verify` with `{identifier}` or a scanned `{code}` that ends in one, and optional statements to compare. */
export function verifyLicence(region: Region, call: Call): Answer {
  const asked = objectIn(call.body);
  const result = verdict(region, asked);
  return answer(200, results[result], { result, label: results[result] });
}

function verdict(region: Region, asked: Readonly<Record<string, unknown>>): keyof typeof results {
  const text = asked['identifier'] ?? asked['code'];
  if (text === undefined || text === '') return '4';
  const identifier = typeof text === 'string' ? text.slice(text.indexOf(root)) : '';
  if (typeof text !== 'string' || !text.includes(root) || identifier.length > 128) return '6';
  const body = bodyOf(region, identifier, 1);
  if (body === null) return bodyOf(region, identifier, 0) === null ? '5' : '3';
  return statements.every((name) => asked[name] === undefined || asked[name] === body[name]) ? '0' : '7';
}

/** The index is made when a licence is verified for the first time, and costs nothing before. */
function bodyOf(region: Region, identifier: string, state: 0 | 1): Readonly<Record<string, unknown>> | null {
  const { database } = region.store;
  const id = region.store.tableId(table);
  const name = `json_extract(body, '$.certificate_source_id')`;
  database.exec(`create index if not exists licence on row (${name}) where tbl = ${id}`);
  const row = database.prepare(`select body from row where ${name} = ? and tbl = ${id} and state = ? order by id desc limit 1`).get(identifier, state);
  return row === undefined ? null : (JSON.parse(String(row['body'])) as Record<string, unknown>);
}
