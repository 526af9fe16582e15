import type { Gate, Overview } from '../../api/calls.ts';

/** How a state is to be seen. */
export type Tone = 'good' | 'watch' | 'bad' | 'off' | 'busy';

/** Whether all is well, in one word, with the keys and facts of the sentences that say why not. */
export interface Verdict {
  readonly tone: 'good' | 'watch' | 'bad';
  readonly reasons: readonly { readonly key: string; readonly facts: Readonly<Record<string, string | number>> }[];
}

type Dataset = Overview['datasets'][number];

/** Reads the figures as the officer on duty would: what stops is bad, what waits for somebody is to be watched. */
export function verdictOf(overview: Overview, gates: readonly Gate[] = []): Verdict {
  const region = gates.find((one) => one.title === null)?.state;
  const ofDatasets = (state: Gate['state']): readonly { readonly title: string }[] => gates.flatMap((one) => (one.state === state && one.title !== null ? [{ title: one.title }] : []));
  const bad = [
    ...(overview.auditWell ? [] : [reason('audit')]),
    ...(overview.region.state === 'open' || (region === 'shut' && overview.region.state === 'closed') ? [reason('regionOpen')] : []),
    ...(overview.alarms.worst === 'alarm' ? [reason('alarms', { count: overview.alarms.open })] : []),
    ...about('gateRests', ofDatasets('rests')),
    ...about('gateShut', ofDatasets('shut')),
    ...about('failed', overview.datasets.filter(({ lastRun }) => lastRun?.state === 'failed')),
  ];
  const watch = [
    ...(overview.region.state === 'half-open' ? [reason('regionHalfOpen')] : []),
    ...(overview.alarms.worst === 'warning' ? [reason('alarms', { count: overview.alarms.open })] : []),
    ...(region === 'held' ? [reason('regionHeld')] : []),
    ...about('gateHeld', ofDatasets('held')),
    ...about('paused', overview.datasets.filter((one) => one.paused)),
    ...about('never', overview.datasets.filter(neverSucceeded)),
  ];
  return { tone: bad.length > 0 ? 'bad' : watch.length > 0 ? 'watch' : 'good', reasons: [...bad, ...watch] };
}

/** The lamp of one dataset. */
export function toneOf(one: Dataset): Tone {
  if (one.lastRun?.state === 'failed') return 'bad';
  if (one.lastRun?.state === 'running') return 'busy';
  if (one.paused) return 'watch';
  if (one.lastRun === null) return 'off';
  return one.lastRun.state === 'stopped' ? 'watch' : 'good';
}

/** Sums over all datasets, today and yesterday. */
export function sums(overview: Overview): Readonly<Record<'delivered' | 'refused' | 'waiting' | 'quarantined' | 'deliveredYesterday' | 'refusedYesterday', number>> {
  const sum = (of: (one: Dataset) => number): number => overview.datasets.reduce((total, one) => total + of(one), 0);
  return {
    delivered: sum((one) => one.today.delivered), deliveredYesterday: sum((one) => one.yesterday.delivered),
    refused: sum((one) => one.today.refused), refusedYesterday: sum((one) => one.yesterday.refused),
    waiting: sum((one) => one.waiting), quarantined: sum((one) => one.quarantined),
  };
}

/** When the oldest envelope on its way was kept; null when nothing waits. */
export function oldest(overview: Overview): number | null {
  const moments = overview.datasets.map((one) => one.oldestWaitingAt).filter((at) => at !== null);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** When a dataset last went well: as the figures say, or by its last run. */
export function wellAt({ lastSuccessAt, lastRun }: Pick<Dataset, 'lastSuccessAt' | 'lastRun'>): number | null {
  return lastSuccessAt ?? (lastRun?.state === 'done' ? lastRun.endedAt : null);
}

function neverSucceeded(one: Dataset): boolean {
  return one.lastRun !== null && !['running', 'failed'].includes(one.lastRun.state) && wellAt(one) === null;
}

/** One sentence for all datasets of which the same is to be said. */
function about(key: string, datasets: readonly { readonly title: string }[]): Verdict['reasons'] {
  return datasets.length === 0 ? [] : [reason(key, { title: datasets.map((one) => one.title).join('、') })];
}

function reason(key: string, facts: Readonly<Record<string, string | number>> = {}): Verdict['reasons'][number] {
  return { key, facts };
}
