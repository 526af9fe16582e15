import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import type { RunProgress } from './calls.ts';

/** What the server tells by itself while a page is open. */
export interface Live {
  /** Runs under way by their job, as last heard. */
  readonly runs: ShallowRef<ReadonlyMap<string, RunProgress>>;
  /** False while the line is down; figures may be old then. */
  readonly connected: ShallowRef<boolean>;
}

const restMs = 2_000;

/** Listens to the server's events; `moved` is called at most every 2 s when figures or alarms have moved. */
export function useLive(moved: () => void): Live {
  const runs = shallowRef<ReadonlyMap<string, RunProgress>>(new Map());
  const connected = shallowRef(true);
  const source = new EventSource('/api/stream');
  let timer = 0;

  const soon = (): void => {
    timer ||= window.setTimeout(() => {
      timer = 0;
      if (!document.hidden) moved();
    }, restMs);
  };
  source.addEventListener('open', () => (connected.value = true));
  source.addEventListener('error', () => (connected.value = source.readyState !== EventSource.CLOSED && connected.value));
  source.addEventListener('overview', () => {
    runs.value = stillRunning(runs.value);
    soon();
  });
  source.addEventListener('alarms', soon);
  source.addEventListener('ended', () => {
    source.close();
    moved();
  });
  source.addEventListener('run', (event) => {
    const progress = JSON.parse(event.data as string) as RunProgress;
    runs.value = new Map([...stillRunning(runs.value), [progress.job, progress]]);
    heardAt.set(progress.job, Date.now());
    soon();
  });
  onScopeDispose(() => {
    source.close();
    window.clearTimeout(timer);
  });
  return { runs, connected };
}

const heardAt = new Map<string, number>();
const silenceMs = 6_000;

/** A run of which nothing has been heard for a while has ended. */
function stillRunning(runs: ReadonlyMap<string, RunProgress>): ReadonlyMap<string, RunProgress> {
  return new Map([...runs].filter(([job]) => Date.now() - (heardAt.get(job) ?? 0) < silenceMs));
}
