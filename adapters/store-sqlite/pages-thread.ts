import { parentPort, workerData } from 'node:worker_threads';
import type { ConsoleReading } from '../../src/port/finding.ts';
import { openStoreForPages } from './store.ts';

/** A question to the store by its name, and what to call the answer. */
export interface Question {
  readonly id: number;
  readonly name: keyof ConsoleReading;
  readonly given: readonly unknown[];
}

export type Reply = { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly failed: string };

if (parentPort !== null) answerQuestions(parentPort);

/** Answers one after the other, on a thread of its own: a heavy page never stops a delivery. */
function answerQuestions(port: NonNullable<typeof parentPort>): void {
  const store = openStoreForPages((workerData as { readonly file: string }).file);
  port.on('message', ({ id, name, given }: Question) => {
    const ask = store[name] as (...given: readonly unknown[]) => Promise<unknown>;
    ask(...given).then(
      (answer) => port.postMessage({ id, answer } satisfies Reply),
      (cause: unknown) => port.postMessage({ id, failed: cause instanceof Error ? cause.message : 'unknown' } satisfies Reply),
    );
  });
}
