import { answer } from '../answer.ts';
import type { Answer } from '../answer.ts';
import { compare } from '../compare.ts';
import { checkSignature, checkToken } from '../door.ts';
import { acknowledge, issuedPage, lateReceipts } from '../feed.ts';
import { verifyLicence } from '../licence-verification.ts';
import { askAfter, push } from '../push.ts';
import type { Call, Player, Region } from '../region.ts';

/** The reference interface. */
export const nmg: Player = {
  name: 'nmg',
  repeats: 'twice',
  pushedTo: (path) => (path.startsWith('/v1/up/') ? path.slice('/v1/up/'.length) : null),
  open: (path) => path.startsWith('/v1/'),
  answer: (region, call) => {
    const caller = { headers: call.headers, body: call.body, nowMs: call.nowMs };
    const stranger = checkSignature(region.door, caller);
    if (stranger !== null) return stranger;
    if (call.path === '/auth/token' && call.method === 'POST') return token(region, call);
    const unknown = checkToken(region.door, caller);
    if (unknown !== null) return unknown;
    return call.method === 'GET' ? asked(region, call) : told(region, call);
  },
};

function token({ door }: Region, call: Call): Answer {
  return answer(200, '成功', { accessToken: door.tokens.give(call.nowMs), expiresIn: door.tokens.seconds });
}

function asked(region: Region, call: Call): Answer {
  if (call.path.startsWith('/v1/batches/')) return askAfter(region, call);
  if (call.path === '/v1/receipts') return lateReceipts(region, call);
  if (call.path.startsWith('/v1/down/')) return issuedPage(region, call);
  return answer(404, '[地址]没有这个接口');
}

function told(region: Region, call: Call): Answer | null | Promise<Answer | null> {
  if (call.method !== 'POST') return answer(404, '[地址]没有这个接口');
  if (call.path.startsWith('/v1/up/')) return push(region, call);
  if (call.path.startsWith('/v1/compare/')) return compare(region, call);
  if (call.path === '/v1/licences/verify') return verifyLicence(region, call);
  if (call.path.startsWith('/v1/down/') && call.path.endsWith('/ack')) return acknowledge(region, call);
  return answer(404, '[地址]没有这个接口');
}
