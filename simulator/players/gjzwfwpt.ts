import { createCipheriv, createHmac } from 'node:crypto';
import { plain } from '../answer.ts';
import type { Answer } from '../answer.ts';
import { textOf } from '../illness.ts';
import type { UpReceipt } from '../receipts.ts';
import type { UpRecord } from '../record-check.ts';
import type { Call, Player, Region } from '../region.ts';
import { rehearsalKeys } from '../rehearsal-keys.ts';
import { json, taken, under } from './taken.ts';

const skewMs = 180_000;
const rid = 'county-report';

/** Two steps to a signature; a batch is taken at once and told of when asked. */
export const gjzwfwpt: Player = {
  name: 'gjzwfwpt',
  repeats: 'twice',
  pushedTo: (path) => (path.startsWith(`/gateway/${rid}/up/`) ? path.slice(`/gateway/${rid}/up/`.length) : null),
  open: (path) => path !== '/gateway/secret',
  answer: (region, call) => {
    if (call.method !== 'POST') return said(2001, '只接受 POST');
    if (call.path === '/gateway/secret') return secret(region, call);
    const refusal = signed(region, call, (key) => region.door.tokens.good(key, call.nowMs));
    if (refusal !== null) return refusal;
    const table = gjzwfwpt.pushedTo(call.path);
    if (table !== null) return push(region, call, table);
    return call.path === `/gateway/${rid}/result` ? result(region, call) : said(2001, '接口不存在');
  },
};

/** The session's secrets by county; the one given last is in use, the ones before it until they end. */
const given = new WeakMap<Region, string[]>();

function secret(region: Region, call: Call): Answer {
  const refusal = signed(region, call, null);
  if (refusal !== null) return refusal;
  const session = region.door.tokens.give(call.nowMs);
  given.set(region, [session, ...(given.get(region) ?? [])].slice(0, 8));
  const cipher = createCipheriv('aes-128-ecb', rehearsalKeys.aes, null);
  const sealed = Buffer.concat([cipher.update(session), cipher.final()]).toString('base64');
  return plain({ code: 0, data: { secret: sealed, secretEndTime: call.nowMs + region.door.tokens.seconds * 1000 } });
}

/** `good` tells which session secrets are still good; null where the application's own secret signs. */
function signed(region: Region, { headers, nowMs }: Call, good: ((session: string) => boolean) | null): Answer | null {
  const time = headers['gjzwfwpt_rtime'];
  const { door } = region;
  if (headers['gjzwfwpt_sid'] !== door.appKey || headers['gjzwfwpt_rid'] !== rid || typeof time !== 'string') return said(1002, '应用或资源编码不正确');
  if (!(Math.abs(Number(time) - nowMs) <= skewMs)) return said(1002, '请求时间超出允许范围');
  const sign = (key: string): string => createHmac('sha256', key).update(door.appKey + rid + time).digest('base64');
  const keys = good === null ? [door.appSecret] : (given.get(region) ?? []).filter(good);
  if (keys.some((key) => sign(key) === headers['gjzwfwpt_sign'])) return null;
  return good === null ? said(1002, '签名不正确') : said(1001, '会话密钥失效或签名不正确');
}

async function push(region: Region, call: Call, table: string): Promise<Answer | null> {
  const body = json(call.body.toString('utf8'));
  const [batchNo, list] = [under(body, 'batchNo'), under(body, 'data')];
  if (typeof batchNo !== 'string' || !Array.isArray(list) || under(body, 'total') !== list.length) return said(2001, '正文不完整');
  if (region.store.batch(batchNo) !== null) return said(0, '已受理', { batchNo });
  const poison = call.struck.find((illness) => illness.kind === 'refuse-batch' && list.some((record) => under(record, 'row_guid') === illness.params['rowGuid']));
  if (poison !== undefined) return said(2001, textOf(poison, 'message', '整批退回'));
  const receipts = await taken(region, call, { table, records: list as readonly UpRecord[] });
  if (receipts === null) return null;
  return 'fault' in receipts ? said(2001, receipts.fault) : said(0, '已受理', { batchNo });
}

function result(region: Region, call: Call): Answer {
  const batchNo = under(json(call.body.toString('utf8')), 'batchNo');
  const stored = typeof batchNo === 'string' ? region.store.batch(batchNo) : null;
  if (stored === null) return said(0, '没有这个批次', { state: '0' });
  const receipts = stored.answer === null ? [] : (JSON.parse(stored.answer) as UpReceipt[]);
  const errors = receipts.filter(({ code }) => code === '2').map(({ rowGuid, field, message }) => ({ rowGuid, errField: field, errMsg: message }));
  return said(0, '处理完毕', { state: '2', errors });
}

function said(code: number, message: string, data: object = {}): Answer {
  return plain({ code, message, data });
}
