import { regionGate, type GateStanding, type GateWord } from '../port/gates.ts';
import { Failure } from '../record/failure.ts';

/** For who asks the region beside a gateway that has the breaker: throws what the breaker would say, as far as it is on record. */
export function mustBeOpen({ gates, words, at }: { readonly gates: readonly GateStanding[]; readonly words: readonly GateWord[]; readonly at: number }): void {
  const word = words.find(({ gate }) => gate === regionGate);
  if (word?.word === 'hold') throw new Failure('BREAKER_HELD');
  const standing = gates.find(({ gate }) => gate === regionGate);
  if (standing?.state !== 'shut' || standing.tryAt <= at) return;
  if (word === undefined || word.at < standing.since) throw new Failure('BREAKER_OPEN');
}
