import { openSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { batchOf, beginRun, firstVersion, keepingOf } from '../../contract-suites/store.ts';
import { digestOf } from './digest.ts';

// A process whose system calls are written down: it does what a gateway does with its store, and says after each thing
// acknowledged what the store must hold from now on. Small checkpoints, so that they fall among the rest.

const [file = '', acks = '', synchronous = 'full'] = process.argv.slice(2);
const tuned = new Map([[/pragma synchronous = \w+/, `pragma synchronous = ${synchronous}`], [/pragma wal_autocheckpoint = \d+/, 'pragma wal_autocheckpoint = 40']]);
let replaced = 0;
const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function tuning(this: DatabaseSync, sql: string): void {
  let text = sql;
  for (const [usual, own] of tuned) text = text.replace(usual, () => (replaced += 1, own));
  exec.call(this, text);
};
const { openStore } = await import('../../../adapters/store-sqlite/store.ts');

const said = openSync(acks, 'a');
const store = openStore(file, 'writer');
if (replaced !== tuned.size) throw new Error('the store is no longer told what was to be told otherwise');
const reader = new DatabaseSync(file, { readOnly: true });
const acknowledged = (): void => void writeSync(said, `${digestOf(reader)}\n`);

const run = await beginRun(store);
acknowledged();
for (let round = 0; round < 8; round += 1) {
  const keys = Array.from({ length: 6 }, (_, n) => `r${round}-${n}`);
  await store.keep(keepingOf(run, keys.map((key) => firstVersion(key)), { cursor: { stream: 'licences:changes', value: `after ${round}` } }));
  acknowledged();
  const ready = await store.ready('licences', 100);
  const seqs = ready.map((one) => one.envelope.seq);
  await store.write([batchOf(`b${round}`, seqs)], round);
  acknowledged();
  await store.noteAttempt({ batch: `b${round}`, at: round, kind: 'push', verdict: 'unknown', detail: 'TIMEOUT' });
  acknowledged();
  await store.settle([{
    batch: `b${round}`, at: round, state: 'settled', attempt: null, receipts: 'x'.repeat(3_000), advanced: [], quarantined: [], reopened: [], halves: [],
    delivered: ready.map((one) => ({ seq: one.envelope.seq, recordId: one.recordId, position: 1, wasAtRegion: false, ledger: 'whole' })),
  }]);
  acknowledged();
  if (round === 4) {
    await store.purgeBodies({ bodies: 3, evidence: 0 }, 0, () => []);
    acknowledged();
    await store.shrink();
    acknowledged();
  }
}
reader.close();
await store.close();
