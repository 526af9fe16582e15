import type { Job, RunProgress } from '../../api/calls.ts';

/** What a job does just now, as a lamp's tone and the key of its word. */
export function stateOf(job: Job, live: RunProgress | undefined): { readonly tone: 'good' | 'watch' | 'bad' | 'off' | 'busy'; readonly key: string } {
  if (live !== undefined || job.running !== null) return { tone: 'busy', key: 'run.running' };
  if (job.waiting) return { tone: 'busy', key: 'jobs.inLine' };
  if (job.paused !== null) return { tone: 'watch', key: 'paused' };
  if (job.lastRun === null) return { tone: 'off', key: 'never' };
  return { tone: toneOfRun(job.lastRun.state), key: `run.${job.lastRun.state}` };
}

/** The tone of a run by how it stands. */
export function toneOfRun(state: string): 'good' | 'watch' | 'bad' | 'busy' {
  if (state === 'running') return 'busy';
  if (state === 'done') return 'good';
  return state === 'failed' ? 'bad' : 'watch';
}

const ranks = ['changes', 'pull', 'sweep', 'compare', 'redrive'];

/** Whether it can be looked ahead what a run would do: only of what reads the county. */
export function plannable({ mode }: Pick<Job, 'mode'>): boolean {
  return mode === 'changes' || mode === 'sweep';
}

/** Jobs as people think of them: what reports first, what looks after it next. */
export function inReadingOrder(jobs: readonly Job[]): readonly Job[] {
  const rank = (job: Job): number => (ranks.includes(job.mode) ? ranks.indexOf(job.mode) : ranks.length);
  return jobs.toSorted((a, b) => rank(a) - rank(b));
}
