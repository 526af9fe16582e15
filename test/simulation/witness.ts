import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Page } from '../../src/port/source.ts';
import type { Attempt, Keeping, Settlement } from '../../src/port/store.ts';
import type { Equations } from './equations.ts';
import type { Notes } from './notes.ts';
import { wording, type Place } from './oracle.ts';

/** Looks at everything read and written: which interesting states it was, and whether all still adds up. */
export class Witness {
  /** Versions kept since it was last asked. */
  keeps = 0;
  readonly #notes: Notes;
  readonly #equations: Equations;
  readonly #waiting: StatementSync;
  readonly #settled: StatementSync;
  #waitingBefore = 0;

  constructor({ notes, database, equations }: { readonly notes: Notes; readonly database: DatabaseSync; readonly equations: Equations }) {
    this.#notes = notes;
    this.#equations = equations;
    this.#waiting = database.prepare(`select count(*) as n from envelope where state = 'waiting'`);
    this.#settled = database.prepare(`
      select r.dataset || '/' || r.key as record, l.rows from record r left join ledger l on l.record = r.id where not exists (
        select 1 from envelope e where e.record = r.id and (e.state = 'lent' or (e.state = 'open' and e.position > 0)))`);
  }

  read(page: Page, limit: number): void {
    const times = page.changes.map((change) => (change.state === 'present' ? change.row['GXSJ'] : null));
    if (limit > 1 && page.changes.length === limit && times[0] !== null && times.every((time) => time === times[0])) this.#notes.sometimes('a tie is as long as a page, or longer');
  }

  written(what: string, given: readonly unknown[], result: unknown): void {
    if (what === 'keep') this.#kept(given[0] as Keeping, result as boolean);
    if (what === 'settle') this.#wereSettled(given[0] as readonly Settlement[]);
    if (what === 'finish') this.#notes.sometimes('the region has just that already');
    if (what === 'noteAttempt' && (given[0] as Attempt).detail === 'RECEIPTS_DO_NOT_MATCH') this.#notes.sometimes('receipts do not match');
    if (what !== 'keep' || result === true) for (const fault of this.#equations.faults(what)) this.#notes.breach(`after ${what}: ${fault}`);
    const waiting = (this.#waiting.get() as { n: number }).n;
    if ((what === 'settle' || what === 'finish') && waiting < this.#waitingBefore) this.#notes.sometimes('what waited is woken');
    this.#waitingBefore = waiting;
  }

  /** What the gateway believes the region has, and what it has: records on the road are left out. */
  compare(rows: ReadonlyMap<Place, readonly string[]>): void {
    for (const fault of this.#equations.faults()) this.#notes.breach(`after a run: ${fault}`);
    const there = Map.groupBy([...rows].flatMap(([place, texts]) => texts.map((text) => `${place} ${text}`)), (line) => recordOf(line.slice(line.indexOf('\t') + 1)));
    for (const { record, rows: lines } of this.#settled.all() as { record: string; rows: string | null }[]) {
      const believed = (lines ?? '').split('\n').filter((line) => line !== '').map((line) => {
        const [table = '', guid = '', body = ''] = line.split('\t');
        return `${table}\t${guid} ${wording(JSON.parse(body) as Record<string, unknown>)}`;
      }).toSorted();
      const found = (there.get(record) ?? []).toSorted();
      if (believed.join('\n') !== found.join('\n')) this.#notes.breach(`${record}: the ledger says [${believed.join(' | ')}], the region has [${found.join(' | ')}]`);
    }
  }

  #kept({ keeps }: Keeping, kept: boolean): void {
    if (!kept) {
      this.#notes.sometimes('a page is judged again because delivery moved on');
      return;
    }
    this.keeps += keeps.length;
    for (const one of keeps) {
      if (one.kind === 'put' && one.state !== 'open') this.#notes.sometimes(`a version is kept ${one.state}`);
      if (one.kind === 'remove') this.#notes.sometimes(`a removal is kept ${one.state}`);
      if (one.kind === 'withdraw') this.#notes.sometimes('a record is gone before it was ever sent');
      if (one.kind === 'quarantine') for (const problem of one.problems) this.#notes.sometimes(`a record is set aside: ${problem.code}`);
      if (one.before !== undefined && one.before.begun !== one.before.seq && ['open', 'waiting', 'held'].includes(one.before.state)) this.#notes.sometimes('a version is superseded before it travels');
    }
    this.#notes.tell(`keeps ${keeps.map((one) => `${one.kind} ${one.key} ${'state' in one ? one.state : ''}`).join(', ')}`);
  }

  #wereSettled(settlements: readonly Settlement[]): void {
    for (const { state, quarantined, advanced, batch } of settlements) {
      this.#notes.tell(`settle ${batch} ${state}`);
      this.#notes.sometimes(`a batch is ${state}`);
      if (advanced.length > 0) this.#notes.sometimes('a record arrives in several batches');
      if (quarantined.some((one) => one.ledger !== null && one.ledger !== 'whole')) this.#notes.sometimes('a record arrives in part and the rest is refused');
    }
  }
}

/** `items-I1-0` and `cases-C2-0-steps-1` belong to the record their second word names. */
export function recordOf(guid: string): string {
  const [dataset = '', key = ''] = guid.split(/[- ]/);
  return `${dataset}/${key}`;
}
