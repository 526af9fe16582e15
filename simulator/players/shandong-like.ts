import { sm2 } from 'sm-crypto-v2';
import { plain } from '../answer.ts';
import type { Answer } from '../answer.ts';
import type { UpRecord } from '../record-check.ts';
import type { Call, Player, Region } from '../region.ts';
import { rehearsalKeys } from '../rehearsal-keys.ts';
import { json, taken, under } from './taken.ts';

/** A token in a header; one record a call, sealed to the region's key; whether a record is there can be asked. */
export const shandongLike: Player = {
  name: 'shandong-like',
  repeats: 'twice',
  pushedTo: (path) => /^\/bjk\/([a-z_]+)$/.exec(path)?.[1] ?? null,
  open: (path) => path.startsWith('/bjk/'),
  answer: async (region, call) => {
    if (call.path === '/auth/getToken') return token(region, call);
    const { token: shown } = call.headers;
    if (typeof shown !== 'string' || !region.door.tokens.good(shown, call.nowMs)) return said('401', 'token 无效或已过期');
    const record = opened(call);
    if (record === null) return said('300', '密文解不开，或不是一条记录');
    const table = shandongLike.pushedTo(call.path);
    if (table === null) return exists(region, call, record);
    const receipts = await taken(region, call, { table, records: [record] });
    if (receipts === null) return null;
    if ('fault' in receipts) return said('300', receipts.fault);
    const [receipt] = receipts;
    return receipt === undefined || receipt.code === '2' ? said('300', receipt?.message ?? '未处理') : said('200', 'success');
  },
};

function token({ door }: Region, call: Call): Answer {
  const form = new URLSearchParams(call.body.toString('utf8'));
  if (form.get('appkey') !== door.appKey || form.get('appsecret') !== door.appSecret) return said('403', '应用标识或密钥不正确');
  return said('200', 'success', { token: door.tokens.give(call.nowMs) });
}

/** Whether the record, as this batch has it, has been taken. */
function exists(region: Region, call: Call, asked: UpRecord): Answer {
  const table = /^\/bjk\/([a-z_]+)\/exists$/.exec(call.path)?.[1];
  if (table === undefined || !region.tables.has(table)) return said('300', '接口不存在');
  const stored = region.store.batch(String(asked['cd_batch']));
  const there = stored !== null && stored.table === table && stored.rowGuids.includes(String(asked['row_guid'])) && stored.answer === null;
  return said('200', 'success', { exists: there ? '1' : '0' });
}

function opened(call: Call): UpRecord | null {
  const sealed = under(json(call.body.toString('utf8')), 'data');
  if (typeof sealed !== 'string' || !sealed.startsWith('04')) return null;
  const record = json(sm2.doDecrypt(sealed.slice(2), rehearsalKeys.sm2Private, 1, { output: 'string' }));
  return typeof record === 'object' && record !== null ? (record as UpRecord) : null;
}

function said(code: string, message: string, data: object = {}): Answer {
  return plain({ code, message, data });
}
