import type { Loaded } from '../config/load-site.ts';
import type { Mistake } from '../config/mistake.ts';
import type { Site } from '../config/site.ts';
import type { WatchedFiles } from '../config/watched-files.ts';
import type { Clock } from '../port/clock.ts';
import { Failure } from '../record/failure.ts';

/** What became of changed site files: `taken` from the next run on, or `kept` out, because they are wrong or cannot be taken while running. */
export type News =
  | { readonly state: 'taken'; readonly site: Site; readonly before: string }
  | { readonly state: 'kept'; readonly before: string; readonly mistakes: readonly Mistake[]; readonly failure: Failure | null };

/** What keeping a gateway on its files needs. */
export interface RenewalParts {
  /** The site as it runs. */
  readonly site: () => Site;
  /** The files it was read through. */
  readonly files: WatchedFiles;
  /** The site's files, not yet read. */
  readonly reopen: () => WatchedFiles;
  readonly load: (files: WatchedFiles) => Promise<Loaded>;
  readonly take: (site: Site) => Promise<void>;
  readonly tell: (news: News) => void;
}

/** Keeps a running gateway on the site's files as they are. */
export interface Renewal {
  /** Reads the site again if a file has moved since it was last read; never throws. Asked before each run. What was written before the asking is read. */
  check(): Promise<void>;
  /** Checks every 5 s until the signal is aborted. */
  watch(clock: Clock, signal: AbortSignal): Promise<void>;
}

/** How often files are looked at between runs. */
const restMs = 5_000;

/** Changed files are read and checked whole, then taken whole; wrong ones are told once and leave everything as it was. */
export function renewalOf(parts: RenewalParts): Renewal {
  let files = parts.files;
  let refused = false;
  let looking: Promise<void> | null = null;

  async function look(): Promise<void> {
    if (!(await files.moved())) return;
    files = parts.reopen();
    const before = parts.site().version;
    const news = await renewed(parts, files, before);
    const again = news.state === 'taken' && news.site.version === before;
    if (!again || refused) parts.tell(news);
    refused = news.state === 'kept';
  }

  const check = async (): Promise<void> => {
    // A look under way may have begun before the file that whoever asks has just written: it does not answer them.
    if (looking !== null) await looking;
    looking ??= look().finally(() => {
      looking = null;
    });
    return looking;
  };
  return {
    check,
    watch: async (clock, signal) => {
      while (!signal.aborted) {
        await clock.rest(restMs, signal);
        if (!signal.aborted) await check();
      }
    },
  };
}

async function renewed({ load, take }: RenewalParts, files: WatchedFiles, before: string): Promise<News> {
  try {
    const loaded = await load(files);
    if ('mistakes' in loaded) return { state: 'kept', before, mistakes: loaded.mistakes, failure: null };
    if (loaded.site.version !== before) await take(loaded.site);
    return { state: 'taken', site: loaded.site, before };
  } catch (cause) {
    return { state: 'kept', before, mistakes: [], failure: cause instanceof Failure ? cause : new Failure('UNFORESEEN', {}, cause) };
  }
}
