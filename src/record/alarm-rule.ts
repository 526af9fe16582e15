import type { AlarmKind, AlarmSeverity } from './alarm-kind.ts';

/** When something is an alarm. */
export interface AlarmRule {
  readonly rule: string;
  readonly kind: AlarmKind;
  readonly severity: AlarmSeverity;
  /** Datasets it looks at; null: all. */
  readonly datasets: readonly string[] | null;
  /** In the unit of its kind: see `alarms.yaml`. */
  readonly limit: number;
}

/** Where digests go besides the console. */
export interface AlarmSending {
  readonly webhook?: string;
  readonly mail?: { readonly server: string; readonly from: string; readonly to: readonly string[] };
}

export interface AlarmSetting {
  readonly rules: readonly AlarmRule[];
  /** One message in so many minutes, at most. */
  readonly digestMinutes: number;
  readonly send: AlarmSending;
}

const usual: readonly (readonly [AlarmKind, AlarmSeverity, number])[] = [
  ['silence', 'warning', 72], ['backlog', 'alarm', 120], ['refusals', 'warning', 20], ['breaker', 'alarm', 15], ['certificate', 'warning', 30], ['clock', 'warning', 60],
  ['disk', 'alarm', 10], ['missed-run', 'alarm', 30], ['guard', 'alarm', 0], ['audit', 'alarm', 0], ['sign-in', 'warning', 20],
];

/** What holds where a site has no `alarms.yaml`. */
export const usualAlarms: AlarmSetting = {
  rules: usual.map(([kind, severity, limit]) => ({ rule: kind, kind, severity, datasets: null, limit })), digestMinutes: 15, send: {},
};
