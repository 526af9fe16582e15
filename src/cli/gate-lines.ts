import { regionGate, type GateStanding, type GateWord } from '../port/gates.ts';
import { localTime } from './local-time.ts';
import type { Texts } from './texts.ts';

/** One line for each gate that is shut or held: since when, why, and when it is tried again. Nothing when all are open. */
export function gateLines(about: { readonly gates: readonly GateStanding[]; readonly words: readonly GateWord[] }, texts: Texts, zone: number): readonly string[] {
  const name = (gate: string): string => (gate === regionGate ? texts.say('cli.gate.region') : texts.say('cli.gate.dataset', { dataset: gate }));
  const held = about.words.filter(({ word }) => word === 'hold');
  return [
    ...held.map(({ gate, by, at, reason }) => texts.say('cli.gate.held', { gate: name(gate), by, at: localTime(at, zone), reason })),
    ...about.gates.filter(({ state, gate }) => state === 'shut' && !held.some((one) => one.gate === gate)).map(({ gate, since, reason, tryAt }) =>
      texts.say(tryAt === 0 ? 'cli.gate.untilReleased' : 'cli.gate.shut', { gate: name(gate), since: localTime(since, zone), reason: texts.title(reason), tryAt: localTime(tryAt, zone) })),
  ];
}
