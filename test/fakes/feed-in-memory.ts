import { hash } from 'node:crypto';
import type { Acknowledgement, Asked, Feed, FeedAnswer, FeedPage } from '../../src/port/feed.ts';
import type { Cursor } from '../../src/record/cursor.ts';

/** What the region has issued, as a list for each resource; a cursor is how many of it have been handed out. */
export class FeedInMemory implements Feed {
  readonly issued = new Map<string, string[]>();
  readonly acknowledgements: string[] = [];
  readonly asked: Asked[] = [];
  /** What goes wrong with the n-th asking (from 1); null: nothing. */
  ill: (nth: number, asked: Asked, page: FeedPage) => FeedAnswer | null = () => null;
  away = false;

  issue(resource: string, ...records: readonly Readonly<Record<string, unknown>>[]): void {
    this.issued.set(resource, [...(this.issued.get(resource) ?? []), ...records.map((record) => JSON.stringify(record))]);
  }

  async pull(asked: Asked): Promise<FeedAnswer> {
    this.asked.push(asked);
    if (this.away) return { verdict: 'later', restMs: 0, reason: 'ECONNREFUSED' };
    const page = this.page(asked);
    return this.ill(this.asked.length, asked, page) ?? { verdict: 'page', page };
  }

  page({ resource, cursor, limit }: Asked): FeedPage {
    const all = this.issued.get(resource) ?? [];
    const from = Number(cursor ?? 0);
    const records = all.slice(from, from + limit);
    return { records, cursor: String(from + records.length) as Cursor, more: from + records.length < all.length, digest: hash('sm3', records.join('\n'), 'base64url') };
  }

  async acknowledge(resource: string, cursor: Cursor): Promise<Acknowledgement> {
    if (this.away) return { verdict: 'later', restMs: 0, reason: 'ECONNREFUSED' };
    this.acknowledgements.push(`${resource} ${cursor}`);
    return { verdict: 'done' };
  }
}
