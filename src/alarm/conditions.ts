import type { Condition } from '../port/alarm.ts';
import type { AlarmRule } from '../record/alarm-rule.ts';

/** How everything stands at one moment, as far as rules look at it. */
export interface Situation {
  readonly at: number;
  readonly datasets: readonly {
    readonly dataset: string;
    readonly atRegion: number;
    readonly oldestWaitingAt: number | null;
    readonly today: { readonly kept: number; readonly refused: number };
    /** Hours since anything of it changed; null when that is not known. */
    readonly quietHours: number | null;
  }[];
  readonly jobs: readonly {
    readonly job: string;
    readonly dataset: string;
    /** When it should have begun after its last run; null when it is not due, paused, or runs only by hand. */
    readonly dueAt: number | null;
    readonly guardHeld: boolean;
  }[];
  readonly breakerOpenSince: number | null;
  readonly certificates: readonly { readonly subject: string; readonly endsAt: number }[];
  readonly skewMs: number | null;
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null;
  readonly auditWell: boolean;
  /** Failed logins within the last 15 minutes. */
  readonly failedLogins: number;
}

type Found = Omit<Condition, 'rule' | 'kind' | 'severity'>;
type Look = (situation: Situation, rule: AlarmRule) => readonly Found[];

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** So few records say nothing of a share. */
const fewestRefused = 20;

const looks: Readonly<Record<AlarmRule['kind'], Look>> = {
  silence: ({ datasets }, rule) => among(datasets, rule).filter((one) => one.atRegion > 0 && one.quietHours !== null && one.quietHours >= rule.limit)
    .map((one) => ({ subject: one.dataset, facts: { hours: Math.floor(one.quietHours ?? 0), limit: rule.limit } })),
  backlog: ({ datasets, at }, rule) => among(datasets, rule).filter((one) => one.oldestWaitingAt !== null && at - one.oldestWaitingAt >= rule.limit * minuteMs)
    .map((one) => ({ subject: one.dataset, facts: { minutes: Math.floor((at - (one.oldestWaitingAt ?? at)) / minuteMs), limit: rule.limit } })),
  refusals: ({ datasets }, rule) => among(datasets, rule).filter(({ today }) => today.refused >= fewestRefused && today.refused * 100 >= rule.limit * today.kept)
    .map(({ dataset, today }) => ({ subject: dataset, facts: { refused: today.refused, kept: today.kept, limit: rule.limit } })),
  breaker: ({ breakerOpenSince, at }, { limit }) => (breakerOpenSince === null || at - breakerOpenSince < limit * minuteMs ? [] : [{ subject: 'region', facts: { minutes: Math.floor((at - breakerOpenSince) / minuteMs), limit } }]),
  certificate: ({ certificates, at }, { limit }) => certificates.filter((one) => one.endsAt - at < limit * dayMs)
    .map((one) => ({ subject: one.subject, facts: { days: Math.floor((one.endsAt - at) / dayMs), limit } })),
  clock: ({ skewMs }, { limit }) => (skewMs === null || Math.abs(skewMs) < limit * 1000 ? [] : [{ subject: 'clock', facts: { seconds: Math.round(skewMs / 1000), limit } }]),
  disk: ({ disk }, { limit }) => (disk === null || disk.freeBytes * 100 >= limit * disk.totalBytes ? [] : [{ subject: 'disk', facts: { percent: Math.floor((disk.freeBytes / disk.totalBytes) * 100), limit } }]),
  'missed-run': ({ jobs, at }, rule) => among(jobs, rule).filter((one) => one.dueAt !== null && at - one.dueAt >= rule.limit * minuteMs)
    .map((one) => ({ subject: one.job, facts: { minutes: Math.floor((at - (one.dueAt ?? at)) / minuteMs), limit: rule.limit } })),
  guard: ({ jobs }, rule) => among(jobs, rule).filter((one) => one.guardHeld).map((one) => ({ subject: one.job, facts: {} })),
  audit: ({ auditWell }) => (auditWell ? [] : [{ subject: 'audit', facts: {} }]),
  'sign-in': ({ failedLogins }, { limit }) => (failedLogins < limit ? [] : [{ subject: 'console', facts: { count: failedLogins, limit } }]),
};

/** What is wrong just now by the rules. Pure. */
export function conditionsOf(situation: Situation, rules: readonly AlarmRule[]): readonly Condition[] {
  return rules.flatMap((rule) => looks[rule.kind](situation, rule).map((found) => ({ rule: rule.rule, kind: rule.kind, severity: rule.severity, ...found })));
}

function among<T extends { readonly dataset: string }>(all: readonly T[], { datasets }: AlarmRule): readonly T[] {
  return datasets === null ? all : all.filter((one) => datasets.includes(one.dataset));
}
