import { Worker } from 'node:worker_threads';
import type { ConsoleReading } from '../../src/port/finding.ts';
import type { Question, Reply } from './pages-thread.ts';

const names: readonly (keyof ConsoleReading)[] = [
  'acknowledged', 'totals', 'trace', 'quarantine', 'quarantineGroups', 'quarantinedChange', 'passedBy', 'setAside', 'remarks', 'days',
  'runs', 'run', 'sums', 'lastSuccesses', 'find', 'found', 'recordName', 'versionRows', 'setAsidePage', 'bodiesAfter', 'bytes', 'lastRuns',
  'comparisons', 'gates', 'gateWords', 'missed', 'conflicts', 'conflict', 'closedMonths', 'bulletin', 'unconcluded', 'resting',
];

/** The store as pages read it, on a thread of its own; the thread begins with the first question and does not keep the process alive. */
export function openPagesAside(file: string): ConsoleReading {
  const aside = new Aside(file);
  const asked = names.map((name) => [name, (...given: readonly unknown[]) => aside.ask(name, given)] as const);
  return { ...Object.fromEntries(asked), close: () => aside.close() } as ConsoleReading;
}

class Aside {
  readonly #file: string;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #worker: Worker | null = null;
  #last = 0;

  constructor(file: string) {
    this.#file = file;
  }

  ask(name: keyof ConsoleReading, given: readonly unknown[]): Promise<unknown> {
    this.#last += 1;
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.set(this.#last, answer);
    this.#thread().postMessage({ id: this.#last, name, given } satisfies Question);
    return answer.promise;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #thread(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(new URL('./pages-thread.ts', import.meta.url), { workerData: { file: this.#file } });
    worker.unref();
    worker.on('message', (reply: Reply) => {
      const answer = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if ('failed' in reply) answer?.reject(new Error(reply.failed));
      else answer?.resolve(reply.answer);
    });
    const ended = (cause: Error): void => {
      this.#worker = null;
      for (const answer of this.#waiting.values()) answer.reject(cause);
      this.#waiting.clear();
    };
    worker.on('error', ended).on('exit', () => ended(new Error('the reading thread has ended')));
    this.#worker = worker;
    return worker;
  }
}
