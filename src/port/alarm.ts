import type { AlarmKind, AlarmSeverity } from '../record/alarm-kind.ts';

/** Something that is wrong just now: the rule that says so, and what it is about. */
export interface Condition {
  readonly rule: string;
  readonly kind: AlarmKind;
  readonly severity: AlarmSeverity;
  /** Dataset, job or part; never personal data. */
  readonly subject: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** A condition that was met, for as long as it lasts. */
export interface Alarm extends Condition {
  readonly id: number;
  /** How often it was met. */
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly overAt: number | null;
  readonly acknowledged: { readonly by: string; readonly at: number; readonly reason: string } | null;
}

export interface AlarmStore {
  /** Opens what is new, goes on with what is open, ends what is no longer so; gives what was opened and what ended. */
  meet(conditions: readonly Condition[], at: number): Promise<{ readonly opened: readonly Alarm[]; readonly ended: readonly Alarm[] }>;
  open(): Promise<readonly Alarm[]>;
  alarm(id: number): Promise<Alarm | null>;
  /** The newest first. */
  alarms(query: { readonly state: 'open' | 'acknowledged' | 'over' | null; readonly before: number | null; readonly limit: number }): Promise<readonly Alarm[]>;
  /** False when somebody has already, or it is unknown. */
  acknowledge(id: number, by: { readonly by: string; readonly at: number; readonly reason: string }): Promise<boolean>;
}

/** A digest on its way to people. */
export interface Digest {
  readonly subject: string;
  readonly text: string;
  /** For machines. */
  readonly alarms: readonly Alarm[];
}

/** Takes digests to people; rejects when that failed. */
export interface Messenger {
  readonly name: string;
  send(digest: Digest): Promise<void>;
}
