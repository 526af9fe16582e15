/** What can be wrong; each has its rule in the site's `alarms.yaml`. */
export const alarmKinds = ['silence', 'backlog', 'refusals', 'breaker', 'certificate', 'clock', 'disk', 'missed-run', 'guard', 'audit', 'sign-in'] as const;

export type AlarmKind = (typeof alarmKinds)[number];
export type AlarmSeverity = 'alarm' | 'warning';
