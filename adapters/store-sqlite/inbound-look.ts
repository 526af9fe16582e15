import type { InboundLook, Stream } from '../../src/port/inbound.ts';
import type { Cursor } from '../../src/record/cursor.ts';
import type { Issued } from '../../src/record/issued.ts';
import { conflictById, conflictsOf } from './conflicts.ts';
import { unfoldProblems } from './content.ts';
import type { Desk } from './desk.ts';

export const issuedSelect = 'select id, resource, key, version, fingerprint, body as text, state';

/** What people and other rooms look at of what the region issued; nothing here writes. */
export function inboundLook(desk: Desk): InboundLook {
  return {
    stream: async (resource) => streamOf(desk, resource),
    conflicts: async (state, limit) => conflictsOf(desk, state, limit),
    conflict: async (id) => conflictById(desk, id),
    inboundCounts: async () => desk.all('select resource, state, count(*) as count from inbound group by 1, 2 order by 1, 2'),
    issued: async (resource, after, limit) => desk.all<Issued & { problems: string | null }>(
      `${issuedSelect}, problems from inbound where id in (
         select max(id) from inbound where resource = ? and key > ? and state <> 'overtaken' group by key order by key limit ?) order by key`, resource, after, limit)
      .map(({ problems, ...issued }) => ({ ...issued, problems: unfoldProblems(problems) })),
  };
}

interface StreamRow { cursor: string | null; page_from: string | null; page_digest: string | null; page_count: number | null; acknowledged: string | null; caught_up_at: number | null }

function streamOf(desk: Desk, resource: string): Stream {
  const row = desk.get<StreamRow>('select cursor, page_from, page_digest, page_count, acknowledged, caught_up_at from inbound_stream where resource = ?', resource);
  if (row === undefined) return { cursor: null, last: null, acknowledged: null, caughtUpAt: null };
  const last = row.page_digest === null ? null : { from: row.page_from as Cursor | null, digest: row.page_digest, count: row.page_count ?? 0 };
  return { cursor: row.cursor as Cursor | null, last, acknowledged: row.acknowledged as Cursor | null, caughtUpAt: row.caught_up_at };
}
