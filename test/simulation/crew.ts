import { Worker } from 'node:worker_threads';
import type { Tally, Task } from './play.ts';

/** Several at work on the same seeds, each on every n-th. */
export async function playTogether(task: Omit<Task, 'step'>, workers: number): Promise<Tally> {
  const parts = await Promise.all(Array.from({ length: workers }, (_, at) => playApart({ ...task, from: task.from + at, seeds: task.seeds - at, step: workers })));
  const met = new Map<string, number>();
  for (const part of parts) for (const [state, n] of part.met) met.set(state, (met.get(state) ?? 0) + n);
  return {
    played: parts.reduce((sum, part) => sum + part.played, 0), met,
    failed: parts.flatMap((part) => part.failed).toSorted((a, b) => a.seed - b.seed), hash: parts.map((part) => part.hash).join('-'),
  };
}

/** One task in a thread of its own. */
export function playApart(task: Task): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
