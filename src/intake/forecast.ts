import { createHash } from 'node:crypto';
import type { Cursor } from '../record/cursor.ts';
import { touch, Touched } from './guard.ts';
import { supposePage, type Judged } from './judge-page.ts';
import { beginReading, Reader, type Reading } from './reader.ts';

/** What a run would do just now. */
export interface Forecast {
  /** Name of the plan: the same as long as the job, the site files, the cursor and all that would change or disappear are the same. */
  readonly plan: string;
  readonly changed: number;
  readonly gone: number;
}

/** Reads and judges to the end as a run would, and keeps nothing. Null when it was not to go on. */
export async function forecast(reading: Reading, work: { goOn(): Promise<boolean>; each(judged: readonly Judged[]): Promise<void> }): Promise<Forecast | null> {
  const { kept, from } = await beginReading(reading);
  const reader = new Reader(reading, from);
  const touched = new Touched();
  const name = new PlanName(reading, kept);
  for (;;) {
    if (!(await work.goOn())) return null;
    const page = await reader.next();
    if (page === null) return { plan: name.end(), changed: touched.changed, gone: touched.gone };
    const judged = await supposePage(reading, page);
    touched.note(judged);
    name.note(judged);
    await work.each(judged);
  }
}

/** What is new has no part in it: a case that arrives while a person reads the plan does not make it another plan. */
class PlanName {
  readonly #hash = createHash('sm3');

  constructor({ job, made }: Reading, kept: Cursor | null) {
    this.#hash.update(JSON.stringify([job.job, made, kept]));
  }

  note(judged: readonly Judged[]): void {
    for (const { mapped, judgement } of judged) {
      if (touch(judgement) !== null) this.#hash.update(JSON.stringify([mapped.key, mapped.state === 'good' ? mapped.fingerprint : mapped.state]));
    }
  }

  end(): string {
    return this.#hash.digest('hex').slice(0, 12);
  }
}
