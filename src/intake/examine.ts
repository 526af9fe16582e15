import type { Check, CheckAround, Contract } from '../contract/contract.ts';
import type { Draft } from '../mapping/record-plan.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Change } from '../record/change.ts';
import type { Mapped, SealedRecord } from '../record/envelope.ts';
import { refuses, type Problem } from '../record/problem.ts';
import type { TableShape, Value } from '../contract/table-shape.ts';
import { groupOf, type Around } from '../contract/rule-frame.ts';
import { sealer, sm3 } from './seal.ts';

interface Table {
  readonly shape: TableShape;
  readonly check: Check;
  /** The rules across the records of an aggregate; null when there are none for this table. */
  readonly across: CheckAround | null;
  readonly seal: (values: readonly Value[]) => SealedRecord;
}

/** Makes of each change something to send, to take back, or to look at. Pure; whatever it did not foresee it throws. */
export function examiner(mapping: Mapping, contract: Contract): (change: Change) => Mapped {
  const tables = new Map<string, Table>();
  const tableOf = (name: string): Table => {
    const shape = contract.shape(name);
    const table = tables.get(name) ?? { shape, check: contract.checker(name), across: contract.across(name), seal: sealer(shape) };
    tables.set(name, table);
    return table;
  };
  const checked = (drafts: readonly Draft[], problems: Problem[]): readonly Draft[] => drafts.map((draft) => {
    const { check, shape } = tableOf(draft.table);
    const found = check(draft.values);
    if (found.length === 0) return draft;
    const replaced = found.some((problem) => problem.code === 'CHAR_UNSUPPORTED') ? contract.replace(draft.table, draft.values) : null;
    const record = replaced === null ? draft : { ...draft, values: replaced.values };
    problems.push(...untold(replaced === null ? found : [...replaced.problems, ...check(replaced.values)], record, shape));
    return record;
  });
  const checkAcross = (records: readonly Draft[], problems: Problem[]): void => {
    let around: Around | null = null;
    for (const record of records) {
      const { across, shape } = tableOf(record.table);
      if (across !== null) problems.push(...untold(across(record.values, (around ??= { all: groupOf(records) })), record, shape));
    }
  };
  return (change) => {
    if (change.state === 'gone') return change;
    const translation = mapping.translate(change);
    if (translation.state === 'gone') return { state: 'gone', key: change.key };
    const { identity, need } = translation;
    const problems = [...translation.problems];
    const records = checked(translation.records, problems);
    checkAcross(records, problems);
    if (records.length > 1) problems.push(...twice(records));
    if (problems.length > 0 && refuses(problems)) return bad(change, identity, problems);
    const sealed = records.map((record) => tableOf(record.table).seal(record.values));
    return { state: 'good', key: change.key, identity, need, records: sealed, fingerprint: fingerprint(sealed), problems };
  };
}

/** What the contract found, without the absence of values whose problem the mapping has told already. */
function untold(found: readonly Problem[], record: Draft, shape: TableShape): readonly Problem[] {
  const { told, child } = record;
  const left = told === null ? found : found.filter((problem) => problem.code !== 'VALUE_MISSING' || !told.has(shape.position.get(problem.field ?? '') ?? -1));
  return child === 0 ? left : left.map((problem) => ({ ...problem, facts: { ...problem.facts, child } }));
}

/** Two records of one table under one row_guid: the region would take the second for the first. */
function twice(records: readonly Draft[]): readonly Problem[] {
  const problems: Problem[] = [];
  const met = new Map<string, Set<Value>>();
  for (const { table, values, child } of records) {
    const [guid = null] = values;
    const guids = met.get(table);
    if (guids === undefined) met.set(table, new Set([guid]));
    else if (guid !== null && guids.has(guid)) problems.push({ code: 'ROW_GUID_TWICE', severity: 'refuse', table, field: 'row_guid', facts: { child } });
    else guids.add(guid);
  }
  return problems;
}

function fingerprint(sealed: readonly SealedRecord[]): string {
  const [first] = sealed;
  if (sealed.length === 1 && first !== undefined) return first.digest;
  return sm3(sealed.map((record) => `${record.table} ${record.rowGuid} ${record.digest}\n`).join(''));
}

function bad(change: Change, identity: string | null, problems: readonly Problem[]): Mapped {
  const codes = problems.map((problem) => `${problem.code} ${problem.table ?? ''}.${problem.field ?? ''}`);
  return { state: 'bad', key: change.key, identity, problems, change, fingerprint: sm3(JSON.stringify([change, codes])) };
}
