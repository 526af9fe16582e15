import type { Site } from '../config/site.ts';
import { filesUnder } from '../config/files.ts';
import { watchedFiles, type WatchedFiles } from '../config/watched-files.ts';
import type { Log } from '../port/log.ts';
import type { Gateway } from '../schedule/gateway.ts';
import { renewalOf, type News, type Renewal } from '../schedule/renewal.ts';
import { askedSources } from './asked-sources.ts';
import { mistakeLine, profileOf } from './open.ts';
import type { Invocation } from './parts.ts';

/** What a running service is renewed with. */
export interface Renewed {
  readonly gateway: Gateway;
  readonly files: WatchedFiles;
  readonly log: Log;
  /** Told after a new site has been taken. */
  readonly onTaken: (site: Site) => Promise<void>;
}

/** The site's files, to be read through and watched. */
export function filesOf({ siteDir }: Invocation): WatchedFiles {
  return watchedFiles(filesUnder(siteDir));
}

/** Takes changed site files while the service runs; wrong ones are told like `qilian check` would, and the old ones stay. */
export function renewalFor(invocation: Invocation, { gateway, files, log, onTaken }: Renewed): Renewal {
  const { parts, siteDir, env } = invocation;
  return renewalOf({
    files,
    site: () => gateway.site,
    reopen: () => filesOf(invocation),
    load: (changed) => parts.loadSite({ ...profileOf(invocation), dir: siteDir, env, files: changed, describe: askedSources(invocation).describe }),
    take: async (site) => {
      await gateway.take(site);
      await onTaken(site);
    },
    tell: (news) => tell(invocation, log, news),
  });
}

function tell({ parts, texts }: Invocation, log: Log, news: News): void {
  if (news.state === 'taken') {
    log.info('SITE', { made: news.site.version, before: news.before });
    parts.out(texts.say('cli.start.renewed', { version: news.site.version }));
    return;
  }
  const { before, mistakes, failure } = news;
  const [first] = mistakes;
  const why = first === undefined ? failure?.code ?? '' : `${first.file}:${first.line}:${first.column} ${first.code}`;
  log.error('SITE_KEPT', { made: before, mistakes: mistakes.length, why });
  for (const mistake of mistakes) parts.err(mistakeLine(mistake, texts));
  if (failure !== null) parts.err(`${failure.code} ${texts.sentence({ code: failure.code, facts: failure.facts })}`);
  parts.err(`SITE_KEPT ${texts.sentence({ code: 'SITE_KEPT', facts: { version: before } })}`);
}
