import { createDecipheriv } from 'node:crypto';
import { plain } from '../answer.ts';
import type { Answer } from '../answer.ts';
import type { UpReceipt } from '../receipts.ts';
import type { Call, Player, Region } from '../region.ts';
import { rehearsalKeys } from '../rehearsal-keys.ts';
import { inTableNames, json, pascalCase, taken, under } from './taken.ts';

/** A token in the address, a body sealed by SM4, three lists in the answer; a record that is there already is told as such. */
export const mohurdLike: Player = {
  name: 'mohurd-like',
  repeats: 'told',
  pushedTo: (path) => (path.startsWith('/certs/') ? path.slice('/certs/'.length) : null),
  open: (path) => path.startsWith('/certs/'),
  answer: async (region, call) => {
    if (call.path === '/oauth/token') return token(region, call);
    if (!region.door.tokens.good(call.query.get('access_token') ?? '', call.nowMs)) return said('401', 'access_token 无效或已过期');
    const table = mohurdLike.pushedTo(call.path);
    const list = under(opened(call), 'AcceptData');
    if (table === null || !Array.isArray(list)) return said('9', '接口不存在，或密文解不开');
    const records = inTableNames(region, table, list, pascalCase);
    const tooSoon = records.filter((record) => refusedLately(region, String(record['row_guid'])));
    const receipts = tooSoon.length === records.length ? [] : await taken(region, call, { table, records: records.filter((record) => !tooSoon.includes(record)) });
    if (receipts === null) return null;
    if ('fault' in receipts) return said('9', receipts.fault);
    for (const { rowGuid, code } of receipts) if (code === '2') noteRefusal(region, rowGuid);
    return told([...receipts, ...tooSoon.map((record): UpReceipt => ({ rowGuid: String(record['row_guid']), code: '2', field: early, message: '失败后24小时内不得重报' }))]);
  },
};

/** Marks a refusal for coming too soon. */
const early = 'TOO_SOON';
const waitMs = 24 * 3_600_000;
const refusals = new WeakMap<Region, Map<string, number>>();

/** A record that failed is not looked at again for a day. */
function refusedLately(region: Region, rowGuid: string): boolean {
  const at = refusals.get(region)?.get(rowGuid);
  return at !== undefined && region.wallMs() - at < waitMs;
}

function noteRefusal(region: Region, rowGuid: string): void {
  const known = refusals.get(region) ?? new Map<string, number>();
  refusals.set(region, known.set(rowGuid, region.wallMs()));
}

function token({ door }: Region, call: Call): Answer {
  if (call.query.get('appid') !== door.appKey || call.query.get('secret') !== door.appSecret) return said('403', 'appid 或 secret 不正确');
  return said('1', '成功', { AccessToken: door.tokens.give(call.nowMs), ExpiresIn: door.tokens.seconds });
}

function told(receipts: readonly UpReceipt[]): Answer {
  const of = (...codes: readonly string[]): readonly UpReceipt[] => receipts.filter(({ code }) => codes.includes(code));
  const errors = of('2', '3').map(({ rowGuid, code, field, message }) => ({ ErrorGuid: rowGuid, ErrorCode: code === '3' ? 'REPEAT' : field === early ? early : 'CHECK', ErrorMsg: message ?? '' }));
  const warnings = of('1').map(({ rowGuid, message }) => ({ WarnGuid: rowGuid, WarnMsg: message ?? '' }));
  const code = errors.length > 0 ? '0' : warnings.length > 0 ? '2' : '1';
  return said(code, errors.length > 0 ? '部分失败' : '成功', { ErrorData: errors, WarnData: warnings, SuccessData: of('0').map(({ rowGuid }) => ({ Guid: rowGuid })) });
}

function opened(call: Call): unknown {
  const body = json(call.body.toString('utf8'));
  const sealed = under(body, 'data');
  if (typeof sealed !== 'string' || typeof under(body, 'citynum') !== 'string') return null;
  try {
    const bytes = Buffer.from(sealed, 'base64');
    const cipher = createDecipheriv('sm4-cbc', rehearsalKeys.sm4, bytes.subarray(0, 16));
    return json(Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]).toString('utf8'));
  } catch {
    return null;
  }
}

function said(code: string, message: string, data: object = {}): Answer {
  return plain({ ReturnCode: code, ReturnMsg: message, ReturnData: data });
}
