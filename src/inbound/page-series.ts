import type { FeedPage, Unsound } from '../port/feed.ts';
import type { Stream } from '../port/inbound.ts';
import type { PullProfile } from '../port/pull-profile.ts';
import type { Cursor } from '../record/cursor.ts';

/**
 * What a page is worth among the pages before it; null: nothing is wrong with it. `met` are the cursors this run has asked
 * from. Records that come again under a cursor that has moved on would hide the page that should have come.
 */
export function faultInSeries(page: FeedPage, about: { readonly asked: Cursor | null; readonly last: Stream['last']; readonly met: ReadonlySet<string>; readonly cursors: PullProfile['cursors'] }): Unsound | null {
  const { asked, last, met, cursors } = about;
  const moved = page.cursor !== asked;
  if (!moved && (page.more || (page.records.length > 0 && asked !== null))) return 'still';
  if (moved && met.has(page.cursor)) return 'loop';
  if (moved && cursors === 'rising' && asked !== null && !(Number(page.cursor) > Number(asked))) return 'back';
  if (moved && page.records.length === 0 && page.more) return 'still';
  if (last !== null && page.records.length > 0 && page.digest === last.digest) return 'repeated';
  return null;
}
