import { statSync } from 'node:fs';
import type { Found, FindStore, QuarantineQuery, RecordName } from '../../src/port/finding.ts';
import type { Run } from '../../src/record/run.ts';
import { unfoldProblems, unfoldRecords } from './content.ts';
import type { Desk } from './desk.ts';
import { nameHash } from './name-hash.ts';
import { runColumns, toRun, type RunRow } from './runs.ts';

/** What the console's pages ask; nothing here writes. `file` is where the store is kept. */
export function findStore(desk: Desk, file: string): FindStore {
  return {
    runs: async ({ job, dataset, state, before, limit }) => {
      const { where, given } = asked([['id < ?', before], ['job = ?', job], ['dataset = ?', dataset], ['state = ?', state]]);
      return desk.all<RunRow>(`select ${runColumns} from run ${where} order by id desc limit ?`, ...given, limit).map(toRun);
    },
    run: async (id): Promise<Run | null> => {
      const row = desk.get<RunRow>(`select ${runColumns} from run where id = ?`, id);
      return row === undefined ? null : toRun(row);
    },
    // Runs begin in the order of their numbers: the walk ends at the first that is older.
    sums: async (since, until) => desk.all(
      `select dataset, sum(read - same) as kept, sum(delivered) as delivered, sum(quarantined) as refused from run
       where id > coalesce((select id from run where started_at < ?1 order by id desc limit 1), 0) and started_at < ?2 group by dataset`, since, until),
    lastSuccesses: async () => desk.all<{ dataset: string }>('select dataset from tally group by dataset').flatMap(({ dataset }) => {
      const row = desk.get<{ at: number }>(`select ended_at as at from run where dataset = ? and state in ('done', 'pending') order by id desc limit 1`, dataset);
      return row === undefined ? [] : [{ dataset, at: row.at }];
    }),
    find: async (text, by, datasets) => {
      const names = datasets ?? desk.all<{ dataset: string }>('select dataset from tally group by dataset').map((row) => row.dataset);
      const ids = names.flatMap((dataset) => named(desk, dataset, text).filter((one) => by === 'any' || by === one.by).map((one) => one.id));
      return found(desk, [...new Set(ids)]);
    },
    found: async (records) => found(desk, records),
    recordName: async (record) => desk.get<RecordName>('select id as record, dataset, key, identity from record where id = ?', record) ?? null,
    versionRows: async (record, version) => {
      const row = desk.get<{ head: string; body: string }>(
        `select c.head, c.body from envelope e indexed by envelope_record join content c on c.seq = e.seq where e.record = ? and e.version = ? and c.head <> ''`, record, version);
      return row === undefined ? null : unfoldRecords(row.head, row.body);
    },
    setAsidePage: async (query) => setAsidePage(desk, query),
    bodiesAfter: async (seq, limit) => desk.all<{ seq: number; record: number; dataset: string; head: string; body: string }>(
      `select e.seq, e.record, e.dataset, c.head, c.body from content c join envelope e on e.seq = c.seq where c.seq > ? order by c.seq limit ?`, seq, limit)
      .map((row) => ({ seq: row.seq, record: row.record, dataset: row.dataset, records: unfoldRecords(row.head, row.body) })),
    bytes: async () => ['', '-wal'].reduce((sum, end) => sum + (statSync(`${file}${end}`, { throwIfNoEntry: false })?.size ?? 0), 0),
  };
}

/** Only what is asked for stands in the statement, so that an index can be used for it. */
function asked(conditions: readonly (readonly [string, string | number | undefined])[]): { readonly where: string; readonly given: (string | number)[] } {
  const told = conditions.flatMap(([text, value]) => (value === undefined ? [] : [{ text, value }]));
  return { where: told.length === 0 ? '' : `where ${told.map((one) => one.text).join(' and ')}`, given: told.map((one) => one.value) };
}

function named(desk: Desk, dataset: string, name: string): readonly { readonly id: number; readonly by: 'key' | 'identity' }[] {
  const hash = nameHash(dataset, name);
  return [
    ...desk.all<{ id: number }>('select id from record where key_hash = ?1 and dataset = ?2 and key = ?3', hash, dataset, name).map(({ id }) => ({ id, by: 'key' as const })),
    ...desk.all<{ id: number }>('select id from record where identity_hash = ?1 and dataset = ?2 and identity = ?3', hash, dataset, name).map(({ id }) => ({ id, by: 'identity' as const })),
  ];
}

interface FoundRow extends RecordName { version: number; state: Found['state']; kept_at: number; at_region: number; head: string | null; body: string | null }

function found(desk: Desk, records: readonly number[]): readonly Found[] {
  return records.flatMap((id) => {
    const row = desk.get<FoundRow>(
      `select r.id as record, r.dataset, r.key, r.identity, e.version, e.state, e.kept_at, exists (select 1 from ledger l where l.record = r.id) as at_region, c.head, c.body
       from record r join envelope e on e.seq = r.seq left join content c on c.seq = r.seq where r.id = ?`, id);
    if (row === undefined) return [];
    const { kept_at: keptAt, at_region: atRegion, head, body, ...rest } = row;
    return [{ ...rest, keptAt, atRegion: atRegion === 1, records: unfoldRecords(head ?? '', body ?? '') }];
  });
}

interface AsideRow { seq: number; record: number; dataset: string; key: string; version: number; aside_at: number; problems: string | null }

/** A first sieve on the text of the problems keeps the reading of JSON to the records that may be meant. */
function setAsidePage(desk: Desk, { datasets, code, field, value, after, limit }: QuarantineQuery): ReturnType<FindStore['setAsidePage']> extends Promise<infer T> ? T : never {
  const sieve = [code, field?.split('.').at(-1), value].map((text) => (text === undefined ? '' : JSON.stringify(text)));
  const [codeText = '', fieldText = '', valueText = ''] = sieve;
  // Dataset by dataset, as the index of what is set aside has them; then in the order of keeping.
  const names = datasets ?? desk.all<{ dataset: string }>('select dataset from tally group by dataset').map((row) => row.dataset);
  const rows = names.flatMap((dataset) => desk.all<AsideRow>(
    `select e.seq, e.record, e.dataset, r.key, e.version, coalesce(e.settled_at, e.kept_at) as aside_at, e.problems from envelope e indexed by envelope_quarantined join record r on r.id = e.record
     where e.state = 'quarantined' and e.dataset = ?2 and e.seq > ?1
       and (?3 = '' or instr(e.problems, ?3)) and (?4 = '' or instr(e.problems, ?4)) and (?5 = '' or instr(e.problems, ?5))
       and exists (select 1 from json_each(e.problems) p where p.value ->> 'severity' = 'refuse' and (?6 = '' or p.value ->> 'code' = ?6)
         and (?7 = '' or ?7 = coalesce(p.value ->> 'table', '') || '.' || coalesce(p.value ->> 'field', '') or ?7 = p.value ->> 'field') and (?8 = '' or ?8 = p.value ->> '$.facts.value'))
     order by e.seq limit ?9`, after, dataset, codeText, fieldText, valueText, code ?? '', field ?? '', value ?? '', limit));
  return rows.toSorted((one, other) => one.seq - other.seq).slice(0, limit).map((row) => ({ seq: row.seq, record: row.record, dataset: row.dataset, key: row.key, version: row.version, asideAt: row.aside_at, problems: unfoldProblems(row.problems) }));
}
