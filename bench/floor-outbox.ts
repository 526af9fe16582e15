import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** A record in the outbox, as it will travel. */
export interface Kept {
  readonly seq: number;
  readonly guid: string;
  readonly body: string;
}

/** Records that travel together under one number. */
export interface FloorBatch {
  readonly no: number;
  readonly time: string;
  readonly records: readonly Kept[];
}

/** The region's answer about one record: its number in the outbox, and what it said. */
export type FloorReceipt = readonly [seq: number, code: string, message: string | null];

/** The least a durable outbox can be: records, batches and receipts, WAL with `synchronous=FULL`. */
export class FloorOutbox {
  readonly #database: DatabaseSync;
  readonly #keep: StatementSync;
  readonly #write: StatementSync;
  readonly #receipt: StatementSync;
  readonly #settle: StatementSync;
  readonly #refuse: StatementSync;
  readonly #cursor: StatementSync;

  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    this.#database.exec(`
      pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 8000; pragma cache_size = -65536;
      create table if not exists outbox (seq integer primary key, batch integer not null, guid text not null, body text not null) strict;
      create table if not exists batch (no integer primary key, time text not null, state text not null) strict;
      create table if not exists receipt (seq integer primary key, code text not null, message text) strict;
      create table if not exists refused (guid text not null, fault text not null) strict;
      create table if not exists cursor (one integer primary key check (one = 1), value integer not null) strict;`);
    this.#keep = this.#database.prepare('insert into outbox (seq, batch, guid, body) values (?, ?, ?, ?)');
    this.#write = this.#database.prepare(`insert into batch (no, time, state) values (?, ?, 'written')`);
    this.#receipt = this.#database.prepare('insert or replace into receipt (seq, code, message) values (?, ?, ?)');
    this.#settle = this.#database.prepare(`update batch set state = 'settled' where no = ?`);
    this.#refuse = this.#database.prepare('insert into refused (guid, fault) values (?, ?)');
    this.#cursor = this.#database.prepare('insert into cursor (one, value) values (1, ?) on conflict (one) do update set value = excluded.value');
  }

  /** One transaction, durable when it returns. */
  transaction(work: () => void): void {
    this.#database.exec('begin immediate');
    work();
    this.#database.exec('commit');
  }

  keep(batch: FloorBatch): void {
    this.#write.run(batch.no, batch.time);
    for (const { seq, guid, body } of batch.records) this.#keep.run(seq, batch.no, guid, body);
  }

  settle(no: number, receipts: readonly FloorReceipt[]): void {
    for (const [seq, code, message] of receipts) this.#receipt.run(seq, code, message);
    this.#settle.run(no);
  }

  refuse(guid: string, fault: string): void {
    this.#refuse.run(guid, fault);
  }

  moveCursor(value: number): void {
    this.#cursor.run(value);
  }

  /** Where a crash left off: the cursor, the last numbers used, batches without an answer, identifiers met. */
  restart(): { readonly cursor: number; readonly seq: number; readonly no: number; readonly open: readonly FloorBatch[]; readonly identifiers: readonly string[] } {
    const one = (sql: string): number => Number(Object.values(this.#database.prepare(sql).get() ?? {})[0] ?? 0);
    const open = this.#database.prepare(`select no, time from batch where state = 'written'`).all() as unknown as readonly { no: number; time: string }[];
    const records = this.#database.prepare('select seq, guid, body from outbox where batch = ? order by seq');
    return {
      cursor: one('select value from cursor'),
      seq: one('select max(seq) from outbox'),
      no: one('select max(no) from batch'),
      identifiers: this.#database.prepare(`select body ->> 'certificate_source_id' as one from outbox`).all().map((row) => String(row['one'])),
      open: open.map(({ no, time }) => ({ no, time, records: records.all(no) as unknown as readonly Kept[] })),
    };
  }

  /** Records, receipts and refusals kept. */
  counts(): Readonly<Record<string, unknown>> {
    return { ...this.#database.prepare('select (select count(*) from outbox) as kept, (select count(*) from receipt) as receipts, (select count(*) from refused) as refused').get() };
  }

  close(): void {
    this.#database.close();
  }
}
