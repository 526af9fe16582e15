import { ref, watch, type Ref } from 'vue';
import { call } from '../../api/call.ts';
import type { Run, RunState } from '../../api/calls.ts';
import { usePaged, type Paged } from '../../api/paged.ts';

/** The list of runs with what it is narrowed to. */
export interface History {
  readonly job: Ref<string>;
  readonly state: Ref<RunState | ''>;
  readonly list: Paged<Run>;
}

/** Reads runs, the newest first, anew whenever a filter changes. */
export function useHistory(): History {
  const job = ref('');
  const state = ref<RunState | ''>('');
  const list = usePaged<Run>(async (after, signal) => {
    const { runs, next } = await call('listRuns', { query: { job: job.value || undefined, state: state.value || undefined, after, limit: 30 } }, signal);
    return { lines: runs, next };
  });
  watch([job, state], () => void list.begin(), { immediate: true });
  return { job, state, list };
}
