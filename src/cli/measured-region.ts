import type { Clock } from '../port/clock.ts';
import type { Region } from '../port/region.ts';

/** Told how long the region took to answer, and what. */
export type OnAnswer = (kind: 'push' | 'ask', verdict: string, seconds: number) => void;

/** The same region, with the time of each answer told. */
export function measuredRegion(region: Region, clock: Clock, told: OnAnswer): Region {
  const timed = async <T>(kind: 'push' | 'ask', work: Promise<T>, verdictOf: (answer: T) => string): Promise<T> => {
    const began = clock.steadyMs();
    const answer = await work;
    told(kind, verdictOf(answer), (clock.steadyMs() - began) / 1000);
    return answer;
  };
  const measured: Pick<Region, 'push' | 'ask'> = {
    push: (...given) => timed('push', region.push(...given), (answer) => answer.verdict),
    ask: (...given) => timed('ask', region.ask(...given), (fate) => fate.verdict),
  };
  return new Proxy(region, {
    get: (target, name) => {
      if (name === 'push' || name === 'ask') return measured[name];
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === 'function' ? value.bind(target) as unknown : value;
    },
  });
}
