import { hash } from 'node:crypto';
import { plain } from '../answer.ts';
import type { Answer } from '../answer.ts';
import { localMoment } from '../local-moment.ts';
import type { Call, Player, Region } from '../region.ts';
import { camelCase, inTableNames, json, taken, under } from './taken.ts';

const main = new Set(['up_task_general_basic', 'up_task_public_basic', 'up_pro_accept', 'up_lic_data']);

/** Signature of the day over the application, its secret and the interface's code; records replaced by their rowGuid. */
export const guizhouLike: Player = {
  name: 'guizhou-like',
  repeats: 'replaced',
  pushedTo: (path) => (path.startsWith('/dataexchange/') ? tableOf(path.slice('/dataexchange/'.length)) : null),
  open: () => true,
  answer: async (region, call) => {
    const refusal = stranger(region, call);
    if (refusal !== null) return refusal;
    const table = guizhouLike.pushedTo(call.path);
    if (table === null || call.method !== 'POST') return said('404', '接口不存在');
    const list = under(json(call.body.toString('utf8')), main.has(table) ? 'baseInfo' : 'postdata');
    const receipts = await taken(region, call, { table, records: inTableNames(region, table, list, camelCase) });
    if (receipts === null) return null;
    if ('fault' in receipts) return said('1', receipts.fault);
    return plain({ head: { code: '0', result: 'success' }, result: receipts.map(({ rowGuid, code, message }) => ({ rowGuid, state: code === '2' ? '0' : '1', error: message ?? '' })) });
  },
};

/** The interface's code is the table's name without its beginning, with dashes. */
function tableOf(code: string): string {
  return `up_${code.replaceAll('-', '_')}`;
}

function stranger({ door, zone }: Region, { headers, path, nowMs }: Call): Answer | null {
  const { appid, sign, apicode, requestno } = headers;
  if (appid !== door.appKey || apicode !== path.slice('/dataexchange/'.length) || typeof requestno !== 'string') return said('401', 'appId、apiCode 或 requestNo 不正确');
  const day = localMoment(nowMs, zone).slice(0, 10).replaceAll('-', '');
  return sign === hash('md5', door.appKey + door.appSecret + day + apicode) ? null : said('401', '签名不正确');
}

function said(code: string, result: string): Answer {
  return plain({ head: { code, result } });
}
