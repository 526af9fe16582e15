import { keptSince, retain, type Retained } from '../schedule/retain.ts';
import { zoneMinutes } from '../schedule/gateway.ts';
import { localTime } from './local-time.ts';
import { lookInto, openSite, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { tableLines } from './table.ts';

/** `qilian retention`: purges now what has been kept long enough; with `dryRun` only says how much that is, also while the service runs. */
export async function retention(invocation: Invocation, { dryRun }: { readonly dryRun: boolean }): Promise<ExitCode> {
  return dryRun ? tellExpired(invocation) : purge(invocation);
}

async function tellExpired(invocation: Invocation): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const site = await readSite(invocation);
  const store = lookInto(invocation, site);
  try {
    const since = keptSince(site, parts.clock.wallMs());
    const expired = await store.expired(since);
    if (json) {
      parts.out(JSON.stringify({ ...site.retention, since, ...expired }));
      return 0;
    }
    const zone = zoneMinutes(site.zone);
    parts.out(texts.say('cli.retention.since', { ...site.retention, bodies: localTime(since.bodies, zone), evidence: localTime(since.evidence, zone) }));
    const heads = ['bodies', 'mebibytes', 'versions', 'batches', 'corrections'].map((key) => texts.say(`cli.head.${key}`));
    for (const line of tableLines(heads, [[expired.bodies, Math.ceil(expired.bodyBytes / 2 ** 20), expired.versions, expired.batches, expired.corrections]])) parts.out(line);
    parts.out(texts.say('cli.retention.never'));
    return 0;
  } finally {
    await store.close();
  }
}

async function purge(invocation: Invocation): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const site = await readSite(invocation);
  const { store, log, close } = await openSite(invocation, site);
  try {
    const done: Retained = await retain({ site, store, clock: parts.clock, signal: parts.signal });
    log.info('RETENTION', { ...done });
    parts.out(json ? JSON.stringify(done) : texts.say('cli.retention.done', { bodies: done.bodies, versions: done.versions, mebibytes: Math.ceil(done.bytes / 2 ** 20) }));
    return done.stopped ? 130 : 0;
  } finally {
    await close();
  }
}
