import type { DatabaseSync, StatementSync } from 'node:sqlite';

const sums = `
  with counted as (
    select dataset, 'waiting' as what, count(*) as n from envelope where state in ('open', 'waiting', 'held', 'lent') group by dataset
    union all select dataset, 'quarantined', count(*) from envelope where state = 'quarantined' group by dataset
    union all select dataset, 'delivered', count(*) from envelope where state = 'delivered' group by dataset
    union all select r.dataset, 'region', count(*) from ledger l join record r on r.id = l.record group by r.dataset
    union all select dataset, what, -n from tally where what in ('waiting', 'quarantined', 'delivered', 'region'))
  select dataset || ' ' || what || ' is told ' || -sum(n) || ' too many' as fault from counted group by dataset, what having sum(n) <> 0`;

const runs = `
  select 'run ' || id || ' does not add up: read ' || read || ' delivered ' || delivered || ' quarantined ' || quarantined || ' same ' || same || ' pending ' || pending as fault
  from run where read <> delivered + quarantined + same + pending or min(read, delivered, quarantined, same, pending) < 0
    or pending <> (select count(*) from envelope e where e.run = run.id and e.state in ('open', 'waiting', 'held', 'lent'))`;

const roads = `
  select 'record ' || record || ' has two versions on the road' as fault from envelope
  where state = 'lent' or (state = 'open' and position > 0) group by record having count(*) > 1`;

const lent = `
  select 'envelope ' || e.seq || ' is lent to no batch' as fault from envelope e where e.state = 'lent' and not exists (
    select 1 from batch b, json_each(b.members) m where b.state = 'open' and m.value ->> 0 = e.seq)`;

const borrowed = `
  select 'batch ' || b.no || ' has envelope ' || e.seq || ', which is ' || e.state as fault from batch b, json_each(b.members) m
  join envelope e on e.seq = m.value ->> 0 where b.state = 'open' and e.state <> 'lent'`;

/** What each thing written can make untrue; what it does not touch needs no counting. Whatever is not named here can make anything untrue. */
const concerns: Readonly<Record<string, readonly string[]>> = {
  keep: [sums, runs, roads], write: [roads, lent, borrowed], beginRun: [runs], endRun: [runs], closeAbandonedRuns: [runs], noteAttempt: [],
};

/** The ledger equation, the totals, and what may never be true of envelopes and batches; asked of the database itself. */
export class Equations {
  readonly #all: ReadonlyMap<string, StatementSync>;

  constructor(database: DatabaseSync) {
    this.#all = new Map([sums, runs, roads, lent, borrowed].map((sql) => [sql, database.prepare(sql)]));
  }

  /** What is untrue after this has been written; without a word, whatever is untrue. */
  faults(written?: string): readonly string[] {
    const asked = (written === undefined ? undefined : concerns[written]) ?? [...this.#all.keys()];
    return asked.flatMap((sql) => ((this.#all.get(sql)?.all() ?? []) as { fault: string }[]).map((row) => row.fault));
  }
}
