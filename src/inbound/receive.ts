import { hash } from 'node:crypto';
import type { Clock } from '../port/clock.ts';
import type { Feed, FeedAnswer, FeedPage, Unsound } from '../port/feed.ts';
import type { InboundStore, Stream } from '../port/inbound.ts';
import type { PullProfile } from '../port/pull-profile.ts';
import type { Cursor } from '../record/cursor.ts';
import { Failure } from '../record/failure.ts';
import type { Issued } from '../record/issued.ts';
import { fieldOf, fingerprintOf, readIssued } from './issued-text.ts';
import { faultInSeries } from './page-series.ts';

/** What names a resource's records, and what orders their versions. */
export interface Naming {
  readonly key: string;
  readonly version?: string;
}

/** One resource's way into the gateway. */
export interface Receiving {
  readonly resource: string;
  readonly naming: Naming;
  readonly profile: PullProfile;
  readonly limit: number;
  readonly run: number;
  readonly feed: Feed;
  readonly store: Pick<InboundStore, 'stream' | 'receive' | 'knows'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: (read: number) => void;
}

/** How often a page that cannot be trusted is asked for again, and how long between. */
const tries = 4;
const restMs = 2_000;

/**
 * Fetches page after page until the region has no more; gives the moment at which it was asked and had no more. A page is kept whole with its cursor, or not at all; one that cannot
 * be trusted is asked for again, and after that the run ends with the cursor where it was.
 */
export async function receive(receiving: Receiving): Promise<number | null> {
  const met = new Set<string>();
  for (;;) {
    if (receiving.signal.aborted) return null;
    const stream = await receiving.store.stream(receiving.resource);
    const askedAt = receiving.clock.wallMs();
    if (stream.cursor !== null) met.add(stream.cursor);
    const page = await soundPage(receiving, stream, met);
    if (page === null) return null;
    if (page.records.length === 0 && page.cursor === stream.cursor) return askedAt;
    await receiving.store.receive({
      resource: receiving.resource, at: receiving.clock.wallMs(), run: receiving.run, records: page.records.map((text) => named(receiving, text)),
      via: { kind: 'page', from: page.from, cursor: page.cursor, digest: page.digest },
    });
    receiving.progress(page.records.length);
    if (!page.more) return askedAt;
  }
}

type FoundPage = FeedPage & { readonly from: Cursor | null };

/** The next page, or null when the run is asked to end; throws a Failure when the region does not give a page to rely on. */
async function soundPage(receiving: Receiving, stream: Stream, met: ReadonlySet<string>): Promise<FoundPage | null> {
  let fault: Unsound | null = null;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (attempt > 0) await receiving.clock.rest(restMs * attempt, receiving.signal);
    if (receiving.signal.aborted) return null;
    const answer = await receiving.feed.pull({ resource: receiving.resource, cursor: stream.cursor, limit: receiving.limit });
    const found = pageOf(receiving, answer);
    fault = 'fault' in found ? found.fault : faultInSeries(found, { asked: stream.cursor, last: stream.last, met, cursors: receiving.profile.cursors });
    if (!('fault' in found) && fault === null && await knownWhole(receiving, stream, found)) fault = 'repeated';
    if ('fault' in found || fault === null) {
      if (!('fault' in found)) return { ...found, from: stream.cursor };
    } else if (fault === 'repeated' && stream.last !== null) {
      const twice = await lookTwice(receiving, { cursor: stream.cursor, last: stream.last }, found);
      if (twice !== null) return twice;
    }
    if (answer.verdict === 'later' && answer.restMs > 0) await receiving.clock.rest(answer.restMs, receiving.signal);
  }
  if (fault === null) throw new Failure('PULL_NO_ANSWER', { resource: receiving.resource, tries });
  throw new Failure('PAGE_UNSOUND', { resource: receiving.resource, reason: fault });
}

/** Whether nothing of a page is new; of the first page of all there is nothing to compare with. */
async function knownWhole(receiving: Receiving, { last }: Stream, { records }: FeedPage): Promise<boolean> {
  if (last === null || records.length === 0) return false;
  return receiving.store.knows(receiving.resource, records.map((text) => named(receiving, text)));
}

/** A page or what is wrong with the answer; null as fault: no answer. */
function pageOf({ resource }: Receiving, answer: FeedAnswer): FeedPage | { readonly fault: Unsound | null } {
  switch (answer.verdict) {
    case 'page': return answer.page;
    case 'unsound': return { fault: answer.reason };
    case 'later': return { fault: null };
    case 'denied': throw new Failure('PULL_DENIED', { resource, reason: answer.code });
  }
}

/**
 * Nothing new under a cursor that has moved: either the region has issued the same twice (or it came by callbacks before), or
 * it hides a page. Asking for the page before and this one at once tells: only what then stands behind it is believed.
 */
async function lookTwice({ feed, resource, profile }: Receiving, { last, cursor }: { readonly last: NonNullable<Stream['last']>; readonly cursor: Cursor | null }, page: FeedPage): Promise<FoundPage | null> {
  const limit = Math.min(profile.limit, last.count + page.records.length);
  if (limit <= last.count) return { ...page, from: cursor };
  const answer = await feed.pull({ resource, cursor: last.from, limit });
  if (answer.verdict !== 'page') return null;
  const { records } = answer.page;
  const behind = records.slice(last.count);
  if (behind.length === 0 || digestOf(records.slice(0, last.count)) !== last.digest || answer.page.cursor === last.from) return null;
  return { ...answer.page, records: behind, digest: digestOf(behind), from: cursor };
}

function digestOf(records: readonly string[]): string {
  return hash('sm3', records.join('\n'), 'base64url');
}

/** A record without a name is named by what it says, so that it is kept and looked at rather than lost. */
export function named({ naming }: Pick<Receiving, 'naming'>, text: string): Pick<Issued, 'key' | 'version' | 'fingerprint' | 'text'> {
  const record = readIssued(text) ?? {};
  const fingerprint = fingerprintOf(record);
  return {
    key: fieldOf(record, naming.key) ?? `sm3:${fingerprint}`,
    version: naming.version === undefined ? null : fieldOf(record, naming.version),
    fingerprint, text,
  };
}
