import type { RequestHandler } from 'express';
import type { Site } from '../../src/config/site.ts';
import type { AccountStore, Role } from '../../src/port/accounts.ts';
import type { AlarmStore } from '../../src/port/alarm.ts';
import type { AuditTrail } from '../../src/port/audit.ts';
import type { ConsoleReading } from '../../src/port/finding.ts';
import type { Duty } from '../../src/schedule/duty.ts';
import type { Gateway } from '../../src/schedule/gateway.ts';
import type { Plan } from '../../src/schedule/plan-job.ts';
import type { Timetable } from '../../src/schedule/timetable.ts';
import type { HolderStore } from '../../src/port/holders.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { Texts } from '../../src/cli/texts.ts';
import type { ConsoleKeys } from './access/keys.ts';
import type { Passwords } from './access/password.ts';
import type { SetupToken } from './access/setup-token.ts';
import type { Office } from './office.ts';
import type { Workbench } from './workbench.ts';
import type { Description } from './description.ts';

/** What the machine says about where the memory is kept. */
export interface Surroundings {
  readonly storeBytes: number;
  readonly consoleBytes: number;
  readonly freeBytes: number | null;
  readonly totalBytes: number | null;
  /** This clock against the region's; null until the region has said its time. */
  readonly skewMs: number | null;
}

/** What the console is given. */
export interface ConsoleParts {
  /** Further doors of the same house, for machines that bring their own signature: before sessions and bodies. */
  readonly doors?: readonly RequestHandler[];
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** Names besides this machine's own under which it answers. */
  readonly names: readonly string[];
  /** Null: only this machine may be listened on. */
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  /** The site by which the next run is made. */
  readonly site: () => Site;
  readonly clock: Clock;
  readonly accounts: AccountStore;
  readonly alarms: AlarmStore;
  readonly trail: AuditTrail;
  readonly holders: HolderStore;
  /** The console's one key, 32 bytes. */
  readonly key: Buffer;
  /** N of scrypt. */
  readonly hashingCost: number;
  /** Told a code and where; never personal data. */
  readonly log: (code: string, facts: Readonly<Record<string, string>>) => void;
  /** The gateway's memory, for looking; on a thread of its own. */
  readonly read: ConsoleReading;
  /** The region's lamp, with the moment since when it has not been closed. */
  readonly lamp: () => { readonly state: 'closed' | 'half-open' | 'open'; readonly since: number | null; readonly reason: string | null };
  /** A person holds a gate to the region shut, or releases it. */
  readonly sayGate: Gateway['sayGate'];
  readonly workbench: Workbench;
  readonly office: Office;
  readonly duty: Duty;
  readonly timetable: Timetable;
  /** Looks what a run of the job would do; null when it was interrupted. */
  readonly plan: (job: string, how: { readonly signal: AbortSignal; readonly progress: (read: number) => void }) => Promise<Plan | null>;
  /** Writes another timetable into the job's file; null: only by hand. */
  readonly changeCron: (job: string, cron: string | null) => Promise<void>;
  readonly surroundings: () => Promise<Surroundings>;
  /** Whether the store can be read; rejects when not. */
  readonly ready: () => Promise<void>;
}

/** What the groups of routes share. */
export interface World extends ConsoleParts {
  readonly passwords: Passwords;
  readonly keys: ConsoleKeys;
  readonly setup: SetupToken;
  readonly rights: Readonly<Record<Role, readonly string[]>>;
  readonly words: (language: unknown) => Texts;
  readonly description: Description;
}
