import type { AuditQuery } from '../../../src/port/audit.ts';
import { may, type Asked, type Handlers } from '../asked.ts';
import type { World } from '../world.ts';

const usual = 50;

/** The audit trail: auditors see everybody's deeds, security administrators those of the auditors. */
export function auditRoutes({ trail }: World): Handlers {
  return {
    reads: {
      listAudit: async (asked) => {
        const query = queryOf(asked);
        const entries = await trail.find(query);
        return { json: { entries, next: entries.length < query.limit ? null : entries.at(-1)?.seq ?? null } };
      },
    },
    acts: {
      verifyAudit: async ({ texts }) => ({
        object: 'audit',
        perform: async () => {
          const verdict = await trail.verify();
          return { json: { ...verdict, faults: verdict.faults.map((one) => ({ ...one, what: texts.sentence({ code: one.code, facts: { line: one.line } }) })) } };
        },
      }),
      exportAudit: async () => ({ object: 'audit', perform: async () => ({ bytes: trail.file(), type: 'application/x-ndjson', name: 'audit.jsonl' }) }),
    },
  };
}

function queryOf(asked: Asked): AuditQuery {
  const { after, limit = usual, ...rest } = asked.query as Omit<AuditQuery, 'before' | 'role'> & { readonly after?: number };
  return { ...rest, limit, ...(after === undefined ? {} : { before: after }), ...(may(asked, 'audit.read') ? {} : { role: 'audit' }) };
}
