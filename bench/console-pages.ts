/**
 * `node bench/console-pages.ts`: how long the console's lists and its first page take with a million rows behind each.
 *
 *     node bench/console-pages.ts --rows 1000000
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { auditIndex } from '../adapters/console-sqlite/audit-index.ts';
import { openConsoleDatabase } from '../adapters/console-sqlite/schema.ts';
import { nameHash } from '../adapters/store-sqlite/name-hash.ts';
import { openPagesAside } from '../adapters/store-sqlite/pages.ts';
import { openStore } from '../adapters/store-sqlite/store.ts';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' }, aside: { type: 'string', default: '100000' } } });
const [rows, aside] = [Number(values.rows), Number(values.aside)];
const folder = mkdtempSync(join(tmpdir(), 'qilian-pages-'));
const file = join(folder, 'gateway.db');
const now = Date.UTC(2026, 10, 25);

try {
  await openStore(file, 'bench').close();
  fillStore();
  const consoleDatabase = openConsoleDatabase(join(folder, 'console.db'));
  fillAudit(consoleDatabase);
  const read = openPagesAside(file);
  const audit = auditIndex(consoleDatabase);
  await read.totals();
  const midnight = now - 3_600_000;
  await timed('overview', async () => Promise.all([read.totals(), read.lastRuns(50), read.sums(midnight, now + 1), read.sums(midnight - 86_400_000, midnight), read.lastSuccesses()]));
  await timed('record by key', () => read.find('key-777777', 'any', null));
  await timed('record by identifier', () => read.find('identity-777777', 'any', null));
  await timed('record unknown', () => read.find('nobody', 'any', null));
  for (const query of [{}, { job: 'licences' }, { job: 'nobody' }, { state: 'failed' as const }, { state: 'stopped' as const }, { dataset: 'cases', state: 'failed' as const }, { before: 500 }]) await timed(`runs ${JSON.stringify(query)}`, () => read.runs({ ...query, limit: 50 }));
  for (const query of [{}, { code: 'CODE_UNMAPPED' }, { code: 'CODE_UNMAPPED', value: 'v7' }, { code: 'NOBODY_KNOWS' }, { field: 'up_lic_data.certificate_holder_type', code: 'CODE_UNMAPPED' }, { field: 'nothing' }]) {
    await timed(`quarantine ${JSON.stringify(query)}`, () => read.setAsidePage({ datasets: null, after: 0, limit: 50, ...query }));
  }
  await timed('quarantine, last page', () => read.setAsidePage({ datasets: ['licences'], after: rows - 60, limit: 50 }));
  for (const query of [{}, { actor: 'operator' }, { actor: 'nobody' }, { action: 'runJob' }, { result: 'failed' as const }, { actor: 'operator', result: 'refused' as const }, { action: 'logIn', result: 'failed' as const }, { from: now - 1_000 }, { from: 0, to: 1_000 }, { role: 'audit', actor: 'system' }, { before: 1_000 }]) {
    await timed(`audit ${JSON.stringify(query)}`, async () => audit.find({ ...query, limit: 50 }));
  }
  await read.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Licences of which a tenth are set aside, and as many runs as ten years bring. */
function fillStore(): void {
  const database = new DatabaseSync(file);
  database.exec('pragma synchronous = off; begin');
  const record = database.prepare('insert into record (id, dataset, key, key_hash, identity, identity_hash, version, fingerprint, seq) values (?, ?, ?, ?, ?, ?, 1, ?, ?)');
  const envelope = database.prepare('insert into envelope (seq, record, dataset, version, operation, state, position, fingerprint, run, kept_at, settled_at, problems) values (?, ?, ?, 1, ?, ?, 0, ?, 1, ?, ?, ?)');
  const content = database.prepare('insert into content (seq, head, body) values (?, ?, ?)');
  const ledger = database.prepare('insert into ledger (record, version, fingerprint, rows, settled_at) values (?, 1, ?, ?, ?)');
  const every = Math.round(rows / aside);
  for (let id = 1; id <= rows; id += 1) {
    const [key, identity, fingerprint] = [`key-${id}`, `identity-${id}`, `f${id}`];
    record.run(id, 'licences', key, nameHash('licences', key), identity, nameHash('licences', identity), fingerprint, id);
    const bad = id % every === 0;
    const problems = bad ? JSON.stringify([{ code: id % 3 === 0 ? 'CODE_UNMAPPED' : 'VALUE_MISSING', severity: 'refuse', table: 'up_lic_data', field: 'certificate_holder_type', facts: { value: `v${id % 100}` } }]) : null;
    envelope.run(id, id, 'licences', 'put', bad ? 'quarantined' : 'delivered', fingerprint, now - id, now, problems);
    content.run(id, bad ? '' : `up_lic_data\t${key}\tdigest`, bad ? '{"state":"present"}' : `{"row_guid":"${key}","certificate_name":"食品经营许可证"}`);
    if (!bad) ledger.run(id, fingerprint, `up_lic_data\t${key}\tdigest`, now);
  }
  const run = database.prepare(`insert into run (job, dataset, mode, state, started_at, ended_at, made, read, delivered) values (?, ?, 'changes', ?, ?, ?, 'x', 5, 5)`);
  for (let id = 1; id <= rows; id += 1) run.run(['items', 'cases', 'licences'][id % 3] ?? '', ['items', 'cases', 'licences'][id % 3] ?? '', id % 50_000 === 0 ? 'failed' : 'done', now - (rows - id) * 100_000, now - (rows - id) * 100_000 + 5);
  const tally = database.prepare('insert or replace into tally (dataset, what, n) values (?, ?, ?)');
  for (const [what, n] of [['region', rows - aside], ['waiting', 0], ['quarantined', aside], ['delivered', rows - aside]] as const) tally.run('licences', what, n);
  database.exec('commit; analyze');
  database.close();
}

function fillAudit(database: DatabaseSync): void {
  database.exec('pragma synchronous = off; begin');
  const insert = database.prepare('insert into audit (seq, at, actor, role, action, result, line) values (?, ?, ?, ?, ?, ?, ?)');
  const line = JSON.stringify({ seq: 1, at: 1, time: '', actor: '', role: '', address: '', action: '', object: '', result: 'done', code: null, reason: null, before: null, after: null, mac: '' });
  for (let seq = 1; seq <= rows; seq += 1) {
    const [actor, role] = [['system', 'system'], ['operator', 'operator'], ['audit', 'audit']][seq % 3] ?? ['', ''];
    insert.run(seq, now - (rows - seq) * 1_000, actor ?? '', role ?? '', ['logIn', 'runJob', 'redrive', 'listAudit'][seq % 4] ?? '', seq % 10_000 === 0 ? 'failed' : seq % 7 === 0 ? 'refused' : 'done', line);
  }
  database.exec('commit');
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  const found = await work();
  process.stdout.write(`${(performance.now() - began).toFixed(0).padStart(6)} ms  ${what}  (${Array.isArray(found) ? found.length : 1})\n`);
}
