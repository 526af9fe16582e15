import type { LedgerEntry } from '../port/store.ts';
import type { Entry } from '../record/batch.ts';
import type { Envelope, SealedRecord } from '../record/envelope.ts';

type Row = LedgerEntry['rows'][number];

/**
 * What must be asked of the region so that it has exactly this version: rows it lacks are created, rows that differ
 * updated, rows that are no longer there removed (last first). The same envelope and ledger give the same plan.
 */
export function planOf(envelope: Pick<Envelope, 'records'>, ledger: Pick<LedgerEntry, 'rows'> | null): Entry[] {
  if (ledger === null) return envelope.records.map(creation);
  const there = new Map(ledger.rows.map((row) => [placeOf(row), row]));
  const entries: Entry[] = [];
  for (const record of envelope.records) {
    const row = there.get(placeOf(record));
    there.delete(placeOf(record));
    if (row?.digest === record.digest) continue;
    entries.push(row === undefined ? creation(record) : { ...creation(record), operation: 'update' });
  }
  for (const row of [...there.values()].toReversed()) entries.push(removal(row));
  return entries;
}

function creation({ table, rowGuid, body, digest }: SealedRecord): Entry {
  return { table, rowGuid, operation: 'create', body, digest };
}

function removal({ table, rowGuid }: Row): Entry {
  return { table, rowGuid, operation: 'remove', body: `{"row_guid":${JSON.stringify(rowGuid)}}`, digest: '' };
}

function placeOf({ table, rowGuid }: { readonly table: string; readonly rowGuid: string }): string {
  return `${table}\t${rowGuid}`;
}

/** What the region has of a record after it accepted these entries. */
export function ledgerAfter(envelope: Envelope, before: LedgerEntry | null, accepted: readonly Entry[]): LedgerEntry | null {
  const rows = new Map((before?.rows ?? []).map((row) => [placeOf(row), row]));
  for (const { table, rowGuid, digest, operation } of accepted) {
    if (operation === 'remove') rows.delete(placeOf({ table, rowGuid }));
    else rows.set(placeOf({ table, rowGuid }), { table, rowGuid, digest });
  }
  if (rows.size === 0) return null;
  // A version that arrived in part equals no version that could be read again.
  return { version: envelope.version, fingerprint: '', rows: [...rows.values()] };
}

/** What the region has of a record once the whole version has arrived. */
export function ledgerOfWhole(envelope: Envelope): 'whole' | null {
  return envelope.operation === 'remove' || envelope.records.length === 0 ? null : 'whole';
}
