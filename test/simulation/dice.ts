import { seededLuck } from '../fakes/seeded-luck.ts';
import type { Luck } from '../../src/port/clock.ts';

/** Decisions of one seed; who rolls his own dice disturbs nobody else's. */
export class Dice {
  readonly luck: Luck;

  constructor(seed: number) {
    this.luck = seededLuck(seed);
    this.luck();
  }

  chance(share: number): boolean {
    return this.luck() < share;
  }

  /** 0 to n − 1. */
  below(n: number): number {
    return Math.floor(this.luck() * n);
  }

  /** Both ends included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  pick<T>(list: readonly T[]): T {
    const found = list[this.below(list.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  }

  /** By weights, which need not add up to anything. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
    const all = Object.entries<number>(weights) as [T, number][];
    let at = this.luck() * all.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of all) {
      at -= weight;
      if (at < 0) return name;
    }
    throw new Error('no weights');
  }

  fork(): Dice {
    return new Dice(this.below(2 ** 31));
  }
}
