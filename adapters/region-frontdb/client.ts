import { hash } from 'node:crypto';
import type { FrontdbProfile } from '../../src/port/profile.ts';
import type { ExchangeProbe, Label, Region } from '../../src/port/region.ts';
import type { Entry, Parcel } from '../../src/record/batch.ts';
import type { Answer, Fate } from '../../src/record/receipt.ts';
import { recordWriter } from '../region-records/record-writer.ts';
import { openMariadb } from './mariadb.ts';
import { openPostgres } from './postgres.ts';
import { probe } from './probe.ts';
import { Fault, type Server } from './server.ts';
import { Tables } from './tables.ts';

/** The region over an exchange database, by its profile. */
export function openRegion(profile: FrontdbProfile): Region {
  const client = new Client(profile);
  return {
    wrap: wrapper(profile),
    push: (parcel) => client.push(parcel),
    ask: (parcel) => client.ask(parcel),
    probe: (entries) => client.probe(entries),
    close: () => client.close(),
  };
}

/** A parcel's bytes are its rows as JSON: the same label and entries give the same bytes for ever. */
export function wrapper(profile: FrontdbProfile): (label: Label, entries: readonly Entry[]) => Parcel {
  const write = recordWriter(profile.records);
  return ({ no, table, time }, entries) => {
    const known = { ...profile.identity, batchNo: no, table, time, count: entries.length };
    const body = Buffer.from(`[${write(entries, known).join(',')}]`);
    return { no, table, count: entries.length, rowGuids: entries.map((entry) => entry.rowGuid), digest: hash('sm3', body), body };
  };
}

class Client {
  readonly #profile: FrontdbProfile;
  readonly #tables: Tables;
  #server: Promise<Server> | null = null;
  /** Batches that may have been written: their rows are looked for before they are written again. */
  readonly #doubted = new Set<string>();

  constructor(profile: FrontdbProfile) {
    this.#profile = profile;
    this.#tables = new Tables(profile);
  }

  /** All rows in one transaction. A second try looks first: there is no unique key that would stop it. */
  async push(parcel: Parcel): Promise<Answer> {
    try {
      const server = await this.#opened();
      const there = await server.locked(lockOf(parcel), async (session) => {
        if (this.#doubted.has(parcel.no) && (await this.#tables.rowGuids(server, session, parcel)).length > 0) return 'there';
        await this.#tables.insert(server, session, parcel);
        return 'written';
      });
      if (there === 'there') return notNeverSeen(await this.ask(parcel));
      this.#doubted.delete(parcel.no);
      return this.#profile.exchange.synced === undefined ? this.#settled(server, parcel) : { verdict: 'in-progress' };
    } catch (cause) {
      return this.#answer(cause, parcel);
    }
  }

  async ask(parcel: Parcel): Promise<Fate> {
    this.#doubted.add(parcel.no);
    try {
      const server = await this.#opened();
      const rows = await server.locked(lockOf(parcel), (session) => this.#tables.rows(server, session, parcel));
      if (rows.length === 0) return { verdict: 'never-seen' };
      const there = new Set(rows.map((row) => row.rowGuid));
      if (rows.length !== parcel.count || !parcel.rowGuids.every((rowGuid) => there.has(rowGuid))) return { verdict: 'unknown', reason: `ROWS_PARTLY_THERE ${rows.length}/${parcel.count}` };
      if (rows.some((row) => !row.synced)) return { verdict: 'in-progress' };
      return await this.#settled(server, parcel);
    } catch (cause) {
      const answer = this.#answer(cause, parcel);
      // A question that was not answered changes nothing.
      return answer.verdict === 'unknown' ? { verdict: 'later', restMs: 0, reason: answer.reason } : answer;
    }
  }

  /** By the columns that writing such entries would name. */
  async probe(entries: readonly Entry[]): Promise<ExchangeProbe> {
    const write = wrapper(this.#profile);
    const wanted = new Map<string, Set<string>>();
    for (const entry of entries) {
      const [row] = JSON.parse(Buffer.from(write({ no: 'probe', table: entry.table, time: '' }, [entry]).body).toString()) as readonly object[];
      const table = this.#profile.exchange.tables?.[entry.table] ?? entry.table;
      wanted.set(table, new Set([...wanted.get(table) ?? [], ...Object.keys(row ?? {})]));
    }
    return probe(await this.#opened(), this.#profile, new Map([...wanted].map(([table, columns]) => [table, [...columns]])));
  }

  async close(): Promise<void> {
    if (this.#server !== null) await (await this.#server).close();
  }

  /** What the poller found wrong is refused, the rest accepted. */
  async #settled(server: Server, parcel: Parcel): Promise<Answer> {
    const errors = await server.locked(lockOf(parcel), (session) => this.#tables.errors(server, session, parcel));
    this.#doubted.delete(parcel.no);
    return {
      verdict: 'settled',
      receipts: parcel.rowGuids.map((rowGuid) => errors.get(rowGuid) ?? { rowGuid, verdict: 'accepted', code: '' }),
    };
  }

  #answer(cause: unknown, { no }: Parcel): Answer {
    if (!(cause instanceof Fault)) throw cause;
    const { kind, code } = cause;
    if (kind === 'unknown') this.#doubted.add(no);
    switch (kind) {
      case 'unknown': return { verdict: 'unknown', reason: code };
      case 'nothing': return { verdict: 'later', restMs: 0, reason: code };
      case 'record': return { verdict: 'refused', code, message: '' };
      case 'ours': return { verdict: 'denied', code, reason: code };
    }
  }

  #opened(): Promise<Server> {
    const { database, limits } = this.#profile;
    this.#server ??= 'schema' in database ? openPostgres(database, limits) : openMariadb(database, limits);
    return this.#server;
  }
}

/** At most 64 signs, as MariaDB wants the name of a lock. */
function lockOf({ no }: Parcel): string {
  return `qilian:${no}`.slice(0, 64);
}

function notNeverSeen(fate: Fate): Answer {
  return fate.verdict === 'never-seen' ? { verdict: 'unknown', reason: 'ROWS_GONE' } : fate;
}

