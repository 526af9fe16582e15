import type { Gate, GateStanding, GateStore, GateWord } from '../../src/port/gates.ts';
import type { Desk } from './desk.ts';

/** How gates to the region stand, and what people said of them. */
export function gateStore(desk: Desk): GateStore {
  return {
    gate: async (name) => {
      desk.mustHold(); // asked before each request: whoever has lost the store must not send either
      return gate(desk, name);
    },
    gates: async () => desk.all<GateRow>(`${gateSelect} order by gate`).map(toStanding),
    keepGate: async ({ gate: name, state, since, reason, tryAt, tries }) => void desk.run(
      `insert or replace into gate (gate, state, since, reason, try_at, tries, heard)
       values (?1, ?2, ?3, ?4, ?5, ?6, coalesce((select max(id) from gate_word where gate = ?1), 0))`, name, state, since, reason, tryAt, tries),
    gateWords: async () => desk.all<GateWord>(
      'select gate, word, reason, by, at from gate_word where id in (select max(id) from gate_word group by gate) order by gate'),
    sayGate: async ({ gate: name, word, reason, by, at }) => void desk.run(
      'insert into gate_word (gate, word, reason, by, at) values (?, ?, ?, ?, ?)', name, word, reason, by, at),
  };
}

interface GateRow { gate: string; state: GateStanding['state']; since: number; reason: string; try_at: number; tries: number; heard: number }

const gateSelect = 'select gate, state, since, reason, try_at, tries, heard from gate';

function toStanding({ gate: name, state, since, reason, try_at: tryAt, tries }: GateRow): GateStanding {
  return { gate: name, state, since, reason, tryAt, tries };
}

function gate(desk: Desk, name: string): Gate {
  const row = desk.get<GateRow>(`${gateSelect} where gate = ?`, name);
  const said = desk.get<GateWord & { id: number }>('select id, gate, word, reason, by, at from gate_word where gate = ? order by id desc limit 1', name);
  const { id = 0, ...word } = said ?? {};
  return {
    standing: row === undefined ? null : toStanding(row),
    held: said?.word === 'hold' ? word as GateWord : null,
    released: said?.word === 'release' && id > (row?.heard ?? 0),
  };
}
