import type { Site } from '../config/site.ts';
import type { Loaded, LoadOptions } from '../config/load-site.ts';
import type { Clock, Luck } from '../port/clock.ts';
import type { Log } from '../port/log.ts';
import type { InterfaceProfile } from '../port/profile.ts';
import type { Region } from '../port/region.ts';
import type { Source } from '../port/source.ts';
import type { LookingStore, LookStore, RunStore, Store } from '../port/store.ts';
import type { WriteWorkbook } from '../port/workbook.ts';
import type { Texts } from './texts.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The world a command works in; `src/main.ts` alone makes it. */
export interface Parts {
  readonly env: Environment;
  /** The folder of the shipped site. */
  readonly root: string;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Whether a person sits at a terminal: then there are progress bars. */
  readonly terminal: boolean;
  readonly clock: Clock;
  readonly luck: Luck;
  /** Aborted by Ctrl-C or a request to end. */
  readonly signal: AbortSignal;
  /** Most memory this process has used, MiB. */
  readonly peakMemoryMiB: () => number;
  readonly processId: number;
  readonly texts: (language: string) => Texts;
  readonly exists: (file: string) => boolean;
  readonly loadSite: (options: LoadOptions) => Promise<Loaded>;
  readonly openStore: (file: string, holder: string) => Store;
  readonly openStoreToLook: (file: string) => LookingStore;
  /** A store in which nothing has happened yet, for looking ahead of the first run. */
  readonly openEmptyStore: () => LookingStore;
  /** Text of a file a person named. */
  readonly readText: (file: string) => string;
  readonly writeWorkbook: WriteWorkbook;
  readonly openSource: (setting: Site['sources'][string]) => Source;
  readonly openRegion: (profile: InterfaceProfile) => Region;
  readonly openLog: (file: string) => Log;
  readonly startConsole: (options: ConsoleOptions) => Promise<{ readonly url: string; close(): Promise<void> }>;
  readonly demo: DemoParts;
}

export interface ConsoleOptions {
  readonly port: number;
  readonly site: Site;
  readonly store: LookStore & Pick<RunStore, 'lastRuns'>;
  readonly lamp: () => { readonly state: 'closed' | 'half-open' | 'open'; readonly reason: string | null };
  readonly nextRun: (job: string) => number | null;
  readonly log: Log;
}

/** The rehearsal's own pieces: a county, a region, and what is known to be right. */
export interface DemoParts {
  /** Makes the county if the data folder has none; rejects with a Failure when it has one of another size. */
  readonly generate: (options: { readonly dataDir: string; readonly size: string; readonly seed: number }, progress: (stage: string, done: number, total: number) => void) => Promise<void>;
  readonly change: (options: { readonly dataDir: string; readonly seed: number }) => Promise<Readonly<Record<string, unknown>>>;
  readonly compare: (dataDir: string) => Promise<Comparison>;
  readonly startSimulator: (options: { readonly port: number; readonly dataDir: string }) => Promise<{ readonly url: string; stop(): Promise<void> }>;
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
  readonly dataDir: string;
  readonly env: Environment;
  readonly json: boolean;
}
