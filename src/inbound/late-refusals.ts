import type { Clock } from '../port/clock.ts';
import type { InboundStore, Outcome } from '../port/inbound.ts';
import type { LateOutcome, LateRefusal, MendingStore } from '../port/mending.ts';
import type { LateProfile } from '../port/pull-profile.ts';
import type { Issued } from '../record/issued.ts';
import type { Problem } from '../record/problem.ts';
import { fieldOf, readIssued } from './issued-text.ts';

/** Refusals found later, on their way to the records they are about. */
export interface Refusing {
  readonly late: LateProfile;
  readonly store: Pick<InboundStore, 'received' | 'conclude'> & Pick<MendingStore, 'refuseLate'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: () => void;
}

const together = 200;

/** Finds each refusal's record by table, row_guid and batch, and sets it aside with the region's words; what finds no record stays here for a person. */
export async function refuseLate(refusing: Refusing): Promise<void> {
  const { late, store, clock, signal } = refusing;
  while (!signal.aborted) {
    const received = await store.received(late.resource, together);
    if (received.length === 0) return;
    const ended: Outcome['ended'][number][] = [];
    for (const issued of received) {
      const refusal = refusalOf(late, issued);
      const [outcome = 'unknown'] = refusal === null ? [] : await store.refuseLate([refusal], clock.wallMs());
      ended.push({ id: issued.id, ...endOf(outcome) });
    }
    await store.conclude({ resource: late.resource, at: clock.wallMs(), ended, agreed: [], conflicts: [], adopted: [] });
    refusing.progress();
  }
}

/** A crash between the two transactions repeats the first: a record that is set aside already is found set aside. */
function endOf(outcome: LateOutcome): Pick<Outcome['ended'][number], 'state' | 'problems'> {
  switch (outcome) {
    case 'set-aside': case 'before': return { state: 'applied', problems: [] };
    case 'overtaken': return { state: 'overtaken', problems: [] };
    case 'unknown': return { state: 'refused', problems: [{ code: 'LATE_RECORD_UNKNOWN', severity: 'refuse' }] };
  }
}

function refusalOf(late: LateProfile, { text }: Issued): LateRefusal | null {
  const record = readIssued(text);
  const name = fieldOf(record, late.form);
  const form = name !== null && Object.hasOwn(late.forms, name) ? late.forms[name] : undefined;
  if (form === undefined) return null;
  const table = form.tableIs ?? fieldOf(record, form.table ?? '');
  const rowGuid = fieldOf(record, form.rowGuid);
  const batch = fieldOf(record, form.batch);
  if (table === null || rowGuid === null || batch === null) return null;
  const problem: Problem = { code: 'REGION_REFUSED', severity: 'refuse', table, facts: { code: name ?? '', message: fieldOf(record, form.text) ?? '' } };
  return { batch, table, rowGuid, problem, regionKeeps: form.regionKeeps };
}
