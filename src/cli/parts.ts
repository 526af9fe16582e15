import type { Site } from '../config/site.ts';
import type { Loaded, LoadOptions } from '../config/load-site.ts';
import type { Clock, Luck } from '../port/clock.ts';
import type { Digests, DigestSetting } from '../port/digests.ts';
import type { Log } from '../port/log.ts';
import type { Drop } from '../port/drop.ts';
import type { LookAround } from '../port/look-around.ts';
import type { InterfaceProfile } from '../port/profile.ts';
import type { Region } from '../port/region.ts';
import type { Sink } from '../port/sink.ts';
import type { Source } from '../port/source.ts';
import type { FilesSetting } from '../port/source-setting.ts';
import type { LookingStore, Store, TellingStore } from '../port/store.ts';
import type { ReadWorkbook, WriteWorkbook } from '../port/workbook.ts';
import type { AuditVerdict } from '../port/audit.ts';
import type { ConsoleFiles, ConsoleMemory } from './console-memory.ts';
import type { ConsoleParts } from '../../console/server/world.ts';
import type { Messenger } from '../port/alarm.ts';
import type { AlarmSending } from '../record/alarm-rule.ts';
import type { ConsoleReading } from '../port/finding.ts';
import type { OnAnswer } from './measured-region.ts';
import type { Texts } from './texts.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The world a command works in; `src/main.ts` alone makes it. */
export interface Parts {
  readonly env: Environment;
  /** The folder of the shipped site. */
  readonly root: string;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** The same for a service, whose lines nobody need read: those beyond a bound are dropped and told by their number, and a reader who leaves ends nothing. */
  readonly unread: (told: (dropped: number) => string) => Pick<Parts, 'out' | 'err'>;
  /** Whether a person sits at a terminal: then there are progress bars. */
  readonly terminal: boolean;
  readonly clock: Clock;
  readonly luck: Luck;
  /** Does something again and again, as long as the process lives; gives what ends it. */
  readonly every: (ms: number, work: () => void) => () => void;
  /** Aborted by Ctrl-C or a request to end. */
  readonly signal: AbortSignal;
  /** Asks this process itself to end, as others do; what hangs is cut off after 10 s. */
  readonly end: () => void;
  /** Most memory this process has used, MiB. */
  readonly peakMemoryMiB: () => number;
  readonly processId: number;
  readonly texts: (language: string) => Texts;
  readonly exists: (file: string) => boolean;
  readonly loadSite: (options: LoadOptions) => Promise<Loaded>;
  readonly openStore: (file: string, holder: string, how?: 'free' | 'taking-over') => Store;
  readonly openStoreToLook: (file: string) => LookingStore;
  readonly openStoreToTell: (file: string) => TellingStore;
  /** A store in which nothing has happened yet, for looking ahead of the first run. */
  readonly openEmptyStore: () => LookingStore;
  /** Digests of what the region has from us, beside the store. */
  readonly openDigests: (storeFile: string, setting: DigestSetting) => Digests;
  /** Text of a file a person named. */
  readonly readText: (file: string) => string;
  readonly writeWorkbook: WriteWorkbook;
  readonly readWorkbook: ReadWorkbook;
  readonly openSource: (setting: Site['sources'][string]) => Source;
  /** Absent: nothing is written to the county. */
  readonly openSink?: (setting: Site['sinks'][string]) => Sink;
  readonly openRegion: (profile: InterfaceProfile, warn?: Log['warn']) => Region;
  readonly openDrop: (setting: FilesSetting, clock: Clock) => Drop;
  readonly lookAround: LookAround;
  /** Asks the person at the terminal one question. */
  readonly ask: (question: string) => Promise<string>;
  /** Writes a file that is not there yet, with the folders it needs; rejects an existing one. */
  readonly writeNew: (file: string, text: string) => void;
  readonly openLog: (file: string) => Log;
  /** The store as the console's pages read it, beside the one that writes. */
  readonly openPages: (file: string) => ConsoleReading;
  /** Those who take digests of alarms to people. */
  readonly openMessengers: (sending: AlarmSending) => readonly Messenger[];
  readonly openConsoleMemory: (files: ConsoleFiles, zoneMinutes: number) => Promise<ConsoleMemory>;
  readonly startConsole: (options: ConsoleOptions) => Promise<ConsoleWindow>;
  /** Checks an audit file from outside, with the console's key. */
  readonly verifyAudit: (files: Pick<ConsoleFiles, 'audit' | 'anchors'>, key: Buffer) => AuditVerdict;
  readonly demo: DemoParts;
}

export interface ConsoleOptions extends Pick<ConsoleParts, 'port' | 'lamp' | 'sayGate' | 'site' | 'read' | 'duty' | 'timetable' | 'plan' | 'changeCron' | 'surroundings' | 'workbench' | 'office' | 'doors'> {
  readonly env: Environment;
  readonly memory: ConsoleMemory;
  readonly log: Log;
}

/** The console, open. */
export interface ConsoleWindow {
  readonly url: string;
  /** To be told how long the region took to answer. */
  readonly onAnswer: OnAnswer;
  /** The word for the first accounts; null when there are accounts. */
  readonly setupToken: string | null;
  close(): Promise<void>;
}

/** The rehearsal's own pieces: a county, a region, and what is known to be right. */
export interface DemoParts {
  /** Makes the county if the data folder has none; rejects with a Failure when it has one of another size. */
  readonly generate: (options: { readonly dataDir: string; readonly size: string; readonly seed: number }, progress: (stage: string, done: number, total: number) => void) => Promise<void>;
  /** Copies the county to a database server, unless tables are there that are not the county's. */
  readonly copy: (dataDir: string, address: string) => Promise<{ readonly tables: number; readonly rows: number } | { readonly strange: readonly string[]; readonly count: number }>;
  readonly change: (options: { readonly dataDir: string; readonly seed: number }) => Promise<Readonly<Record<string, unknown>>>;
  readonly compare: (dataDir: string) => Promise<Comparison>;
  /** `play`: the interface profile it answers to. */
  readonly startSimulator: (options: { readonly port: number; readonly dataDir: string; readonly play: string }) => Promise<{ readonly url: string; stop(): Promise<void> }>;
}

/** The region's content held against what the generator knows to be right, record by record. */
export interface Comparison {
  readonly equal: boolean;
  readonly expected: number;
  readonly found: number;
  readonly missing: number;
  readonly extra: number;
  readonly different: number;
  readonly duplicates: number;
  readonly examples: readonly unknown[];
}

/** 0 done, 1 failed, 2 site files wrong, 3 records still pending, 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** What every command is told. */
export interface Invocation {
  readonly parts: Parts;
  readonly texts: Texts;
  readonly siteDir: string;
  /** Another region profile than the one gateway.yaml names. */
  readonly profile?: string;
  readonly dataDir: string;
  readonly env: Environment;
  readonly json: boolean;
}
