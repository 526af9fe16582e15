import type { LedgerEntry } from '../port/store.ts';
import type { Entry } from '../record/batch.ts';
import type { Envelope, SealedRecord } from '../record/envelope.ts';

type Row = LedgerEntry['rows'][number];

/**
 * What must be asked of the region so that it has exactly this version: rows it lacks are created, rows that differ
 * updated, rows that are no longer there removed (last first); of a row that is there more than once the newer copies go
 * first, and the oldest is then held against the version. The same envelope and ledger give the same plan.
 */
export function planOf(envelope: Pick<Envelope, 'records'>, ledger: Pick<LedgerEntry, 'rows'> | null): Entry[] {
  if (ledger === null) return envelope.records.map(creation);
  const there = new Map<string, Row>();
  const entries: Entry[] = [];
  for (const row of ledger.rows) {
    if (there.has(placeOf(row))) entries.push(removal(row));
    else there.set(placeOf(row), row);
  }
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
  const rows = [...before?.rows ?? []];
  for (const { table, rowGuid, digest, operation } of accepted) {
    const place = placeOf({ table, rowGuid });
    const at = operation === 'remove' ? rows.findLastIndex((row) => placeOf(row) === place) : rows.findIndex((row) => placeOf(row) === place);
    if (operation === 'remove' && at >= 0) rows.splice(at, 1);
    else if (operation !== 'remove') rows.splice(at < 0 ? rows.length : at, at < 0 ? 0 : 1, { table, rowGuid, digest });
  }
  if (rows.length === 0) return null;
  // A version that arrived in part equals no version that could be read again.
  return { version: envelope.version, fingerprint: '', rows };
}

/** What the region has of a record once the whole version has arrived. */
export function ledgerOfWhole(envelope: Envelope): 'whole' | null {
  return envelope.operation === 'remove' || envelope.records.length === 0 ? null : 'whole';
}
