import { hash } from 'node:crypto';
import type { Acknowledgement, Feed, FeedAnswer, Unsound } from '../../src/port/feed.ts';
import type { PullProfile } from '../../src/port/pull-profile.ts';
import type { Cursor } from '../../src/record/cursor.ts';
import { entriesOf, textOfPath } from './json-text.ts';
import type { Line } from './line.ts';
import { at, textIn } from './place.ts';
import { ask, type Reply } from './question.ts';

/** What the region issues, over HTTP, by the profile's section `pull`. */
export function feedOf(line: Line, pull: PullProfile): Feed {
  return {
    pull: async ({ resource, cursor, limit }) => {
      const asked = { [pull.ask.limit]: limit, ...(cursor === null ? {} : { [pull.ask.cursor]: cursor }) };
      const reply = await ask(line, { method: pull.method, path: pull.resources[resource]?.path ?? pull.path, known: { resource }, asked });
      if (reply.verdict === 'yes') return readPage(pull, reply, limit);
      return reply.verdict === 'unknown' ? otherwise(reply.reason) : reply;
    },
    acknowledge: async (resource, cursor) => {
      const { acknowledge } = pull;
      if (acknowledge === undefined || pull.resources[resource]?.acknowledged === false) return { verdict: 'done' };
      return acknowledged(await ask(line, { method: acknowledge.method, path: acknowledge.path, known: { resource }, asked: { [acknowledge.cursor]: cursor } }));
    },
  };
}

/** A refusal is ours to mend; anything else that cannot be read is no sound page. */
function otherwise(reason: string): FeedAnswer {
  const refused = /^ASK_REFUSED (.*)$/.exec(reason)?.[1];
  return refused === undefined ? unsound('unreadable') : { verdict: 'denied', code: refused, reason };
}

/** Trusts a page only when it is whole: readable, as many records as it says, and the digest it says. */
function readPage(pull: PullProfile, read: Extract<Reply, { verdict: 'yes' }>, limit: number): FeedAnswer {
  const text = textOfPath(read.text, pull.page.records);
  const records = text === null ? null : entriesOf(text);
  const cursor = textIn(read.body, pull.page.cursor);
  if (text === null || records === null) return unsound('unreadable');
  if (cursor === undefined || cursor === '') return unsound('cursor');
  if (records.some((record) => record[0] !== '{')) return unsound('record');
  const count = pull.page.count === undefined ? String(records.length) : textIn(read.body, pull.page.count);
  if (count !== String(records.length)) return unsound('count');
  if (records.length > limit) return unsound('too-long');
  if (!proven(pull, textIn(read.body, pull.page.digest ?? ''), text)) return unsound('digest');
  const more = pull.page.more === undefined ? records.length === limit : at(read.body, pull.page.more);
  if (typeof more !== 'boolean') return unsound('more');
  return { verdict: 'page', page: { records, cursor: cursor as Cursor, more, digest: hash('sm3', records.join('\n'), 'base64url') } };
}

/** The digest is over the array as it stands in the answer; a region that indents its answers signs the compact form. */
function proven(pull: PullProfile, said: string | undefined, text: string): boolean {
  const { digest } = pull;
  if (digest === 'none' || pull.page.digest === undefined) return true;
  return said?.toLowerCase() === hash(digest, text, 'hex') || said?.toLowerCase() === hash(digest, JSON.stringify(JSON.parse(text)), 'hex');
}

function unsound(reason: Unsound): FeedAnswer {
  return { verdict: 'unsound', reason };
}

function acknowledged(reply: Reply): Acknowledgement {
  if (reply.verdict === 'yes') return { verdict: 'done' };
  return reply.verdict === 'unknown' ? { verdict: 'later', restMs: 0, reason: reply.reason } : reply;
}
