import { appendFileSync } from 'node:fs';

/** Where a process shall end: before or after the n-th call of this name. */
export interface KillOrder {
  readonly point: string;
  readonly when: 'before' | 'after';
  readonly nth: number;
}

type Calls = Readonly<Record<string, unknown>>;

/** The calls of a port that reach outside or become durable: all that answer later. What answers at once is worked out in memory. */
export class KillPoints {
  readonly #order: KillOrder | null;
  readonly #note: (point: string) => void;
  readonly #counts = new Map<string, number>();

  /** Every moment met (`before store.keep`) is written down once, before anything can end the process. */
  constructor(order: KillOrder | null, file: string) {
    this.#order = order;
    const met = new Set<string>();
    this.#note = (moment) => {
      if (met.has(moment)) return;
      met.add(moment);
      appendFileSync(file, `${moment}\n`);
    };
  }

  /** The same port, with a point before and after each of its calls. */
  around<T extends object>(port: string, calls: T): T {
    const guarded = Object.entries(calls as Calls).map(([name, work]) => [name, typeof work === 'function' ? this.#guarded(`${port}.${name}`, work as (...all: unknown[]) => unknown) : work]);
    return Object.fromEntries(guarded) as T;
  }

  /** A step that is done when it returns. */
  step<T>(point: string, work: () => T): T {
    this.#reach(point, 'before');
    const result = work();
    this.#reach(point, 'after');
    return result;
  }

  #guarded(point: string, work: (...all: unknown[]) => unknown): (...all: unknown[]) => unknown {
    return (...given) => {
      this.#reach(point, 'before');
      const result = work(...given);
      if (!(result instanceof Promise)) return result;
      return result.then((value: unknown) => {
        this.#reach(point, 'after');
        return value;
      });
    };
  }

  #reach(point: string, when: KillOrder['when']): void {
    const moment = `${when} ${point}`;
    this.#note(moment);
    const nth = (this.#counts.get(moment) ?? 0) + 1;
    this.#counts.set(moment, nth);
    const order = this.#order;
    if (order !== null && order.point === point && order.when === when && order.nth === nth) process.kill(process.pid, 'SIGKILL');
  }
}

/** `store.settle:after:3`. */
export function readOrder(text: string | undefined): KillOrder | null {
  const [point = '', when = '', nth = '1'] = (text ?? '').split(':');
  return point === '' || (when !== 'before' && when !== 'after') ? null : { point, when, nth: Number(nth) };
}
