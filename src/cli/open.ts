import { join } from 'node:path';
import type { LoadOptions } from '../config/load-site.ts';
import type { Mistake } from '../config/mistake.ts';
import type { Site } from '../config/site.ts';
import type { Log } from '../port/log.ts';
import type { LookingStore, Store } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import { openGateway, type Gateway } from '../schedule/gateway.ts';
import type { Invocation } from './parts.ts';
import { labelStore, mustRememberRegion } from './region-label.ts';
import { keepLease } from './stand-by.ts';

/** The site files were wrong; everything about it has been said. */
export class SiteFilesWrong extends Error {}

/** The site, or every mistake of its files said at once; before something runs, the sources are asked too. */
export async function readSite(invocation: Invocation, how: Pick<LoadOptions, 'describe' | 'files'> = {}): Promise<Site> {
  const { parts, siteDir, env } = invocation;
  const read = await parts.loadSite({ ...profileOf(invocation), ...how, dir: siteDir, env });
  if ('site' in read) return read.site;
  throw tellMistakes(invocation, read.mistakes);
}

/** The region profile that was asked for in place of the site's own. */
export function profileOf({ profile }: Pick<Invocation, 'profile'>): Pick<LoadOptions, 'profile'> {
  return profile === undefined ? {} : { profile };
}

/** Says every mistake; gives what ends the command. */
export function tellMistakes({ parts, texts }: Invocation, mistakes: readonly Mistake[]): SiteFilesWrong {
  for (const mistake of mistakes) parts.err(mistakeLine(mistake, texts));
  parts.err(texts.say('cli.check.mistakes', { count: mistakes.length }));
  return new SiteFilesWrong();
}

/** `file:line:column CODE sentence`. */
export function mistakeLine(mistake: Mistake, texts: Invocation['texts']): string {
  return `${mistake.file}:${mistake.line}:${mistake.column} ${mistake.code} ${texts.sentence(mistake)}`;
}

/** What is open while a command works. */
export interface OpenSite {
  readonly gateway: Gateway;
  readonly store: Store;
  readonly log: Log;
  /** Aborted when another process has taken the store over, or the disk has not kept what it was to keep. */
  readonly lost: AbortSignal;
  close(): Promise<void>;
}

/** A gateway of this site with everything it needs, ready to run jobs; on a store that was opened before, or its own. */
export async function openSite(invocation: Invocation, site: Site, opened?: Store): Promise<OpenSite> {
  const { parts, dataDir } = invocation;
  mustRememberRegion(site.store.file, site.profile.profile);
  const store = opened ?? parts.openStore(site.store.file, `${parts.processId}`);
  labelStore(site.store.file, site.profile.profile);
  const log = parts.openLog(join(dataDir, 'logs', 'gateway.log'));
  const gateway = await openGateway({
    site, store, log, clock: parts.clock, luck: parts.luck,
    openRegion: (profile) => parts.openRegion(profile, (code, facts) => log.warn(code, facts)), openSource: parts.openSource, ...(parts.openSink === undefined ? {} : { openSink: parts.openSink }), openDigests: parts.openDigests, openQuality: parts.openPages,
  });
  const lost = new AbortController();
  const letGo = keepLease(store, parts, (failure) => {
    log.error(failure.code, failure.facts);
    lost.abort(failure);
  });
  return {
    gateway, store, log, lost: lost.signal,
    close: async () => {
      await letGo();
      await gateway.close();
      await log.close();
    },
  };
}

/** The store for looking; a Failure `STORE_MISSING` when nothing has run yet. */
export function lookInto(invocation: Invocation, site: Site): LookingStore {
  if (!invocation.parts.exists(site.store.file)) throw new Failure('STORE_MISSING', { file: site.store.file });
  return invocation.parts.openStoreToLook(site.store.file);
}

/** The store for looking ahead: before anything has run, one in which nothing has happened. */
export function lookAhead({ parts }: Invocation, site: Site): LookingStore {
  return parts.exists(site.store.file) ? parts.openStoreToLook(site.store.file) : parts.openEmptyStore();
}
