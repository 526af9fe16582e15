import { examineExchange } from './doctor-exchange.ts';
import { examineSource } from './doctor-source.ts';
import { reasonOf, type Finding } from './finding.ts';
import { profileOf, tellMistakes } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { tableLines } from './table.ts';

const gib = 2 ** 30;
const dayMs = 86_400_000;

/** `qilian doctor`: named checks of everything the gateway stands on, each that is not well with its remedy. Nothing is changed or sent. */
export async function doctor(invocation: Invocation): Promise<ExitCode> {
  const { parts, texts, siteDir, env, json } = invocation;
  const read = await parts.loadSite({ ...profileOf(invocation), dir: siteDir, env });
  if ('mistakes' in read) throw tellMistakes(invocation, read.mistakes);
  const { site } = read;
  const found: Finding[] = [{ check: 'files', about: siteDir, state: 'good', facts: { datasets: site.datasets.length, jobs: site.jobs.length } }];
  found.push(...await ofFolder(invocation), ofStore(invocation, site.store.file));
  for (const name of Object.keys(site.sources)) found.push(...await examineSource(invocation, site, name));
  found.push(...await (site.profile.transport === 'http' ? ofRegion(invocation, site.profile) : examineExchange(invocation, site)));
  if (json) parts.out(JSON.stringify({ checks: found.map((one) => ({ ...one, sentence: sentenceOf(one, texts), remedy: remedyOf(one, texts) })) }));
  else for (const line of linesOf(found, invocation)) parts.out(line);
  return found.some((one) => one.state === 'bad') ? 1 : 0;
}

async function ofFolder({ parts, dataDir }: Invocation): Promise<readonly Finding[]> {
  try {
    const { freeBytes, writable } = await parts.lookAround.disk(dataDir);
    const gibibytes = Math.round(freeBytes / gib * 10) / 10;
    return [
      { check: 'folder', about: dataDir, state: writable ? 'good' : 'bad', facts: { reason: 'EACCES' } },
      { check: 'disk', about: dataDir, state: freeBytes < gib / 4 ? 'bad' : freeBytes < 4 * gib ? 'warn' : 'good', facts: { gibibytes } },
    ];
  } catch (cause) {
    return [{ check: 'folder', about: dataDir, state: 'bad', facts: { reason: reasonOf(cause) } }];
  }
}

function ofStore({ parts }: Invocation, file: string): Finding {
  if (!parts.exists(file)) return { check: 'store', about: file, state: 'warn', facts: {} };
  try {
    void parts.openStoreToLook(file).close();
    return { check: 'store', about: file, state: 'good', facts: {} };
  } catch (cause) {
    return { check: 'store', about: file, state: 'bad', facts: { reason: reasonOf(cause) } };
  }
}

interface RegionAddress {
  readonly baseUrl: string;
  readonly clock?: { readonly allowSeconds: number };
  readonly tls?: { readonly ca?: string };
}

async function ofRegion({ parts }: Invocation, { baseUrl, clock, tls }: RegionAddress): Promise<readonly Finding[]> {
  const now = parts.clock.wallMs();
  const about = URL.canParse(baseUrl) ? new URL(baseUrl).origin : 'baseUrl';
  try {
    const { status, clockMs, certificateUntilMs } = await parts.lookAround.reach(baseUrl, tls);
    const found: Finding[] = [{ check: 'region', about, state: 'good', facts: { status } }];
    if (clockMs !== null) {
      const seconds = Math.round((clockMs - now) / 1000);
      const allowed = clock?.allowSeconds ?? 300;
      found.push({ check: 'regionClock', about, state: Math.abs(seconds) > allowed ? 'bad' : Math.abs(seconds) > allowed / 5 ? 'warn' : 'good', facts: { seconds, allowed } });
    }
    if (certificateUntilMs !== null) {
      const days = Math.floor((certificateUntilMs - now) / dayMs);
      found.push({ check: 'certificate', about, state: days < 0 ? 'bad' : days < 30 ? 'warn' : 'good', facts: { days } });
    }
    return found;
  } catch (cause) {
    return [{ check: 'region', about, state: 'bad', facts: { reason: reasonOf(cause) } }];
  }
}

function sentenceOf({ check, state, facts }: Finding, texts: Invocation['texts']): string {
  return texts.say(`cli.doctor.${check}.${state}`, facts);
}

function remedyOf({ check, state, facts }: Finding, texts: Invocation['texts']): string {
  return state === 'good' ? '' : texts.say(`cli.doctor.${check}.remedy`, facts);
}

function linesOf(found: readonly Finding[], { texts }: Invocation): readonly string[] {
  const heads = ['check', 'where', 'found'].map((key) => texts.say(`cli.doctor.head.${key}`));
  const mark = { good: '✓', warn: '!', bad: '✗' };
  const rows = found.map((one) => [`${mark[one.state]} ${texts.say(`cli.doctor.${one.check}.name`)}`, one.about, sentenceOf(one, texts)]);
  const remedies = [...Map.groupBy(found.filter((one) => one.state !== 'good'), (one) => `${one.check} ${one.state} ${remedyOf(one, texts)}`).values()].flatMap((alike) => {
    const [one] = alike;
    return one === undefined ? [] : [`${mark[one.state]} ${texts.say(`cli.doctor.${one.check}.name`)} · ${alike.map(({ about }) => about).join(texts.language === 'en' ? ', ' : '、')}: ${remedyOf(one, texts)}`];
  });
  const bad = found.filter((one) => one.state === 'bad').length;
  const warned = found.filter((one) => one.state === 'warn').length;
  return [...tableLines(heads, rows), '', ...remedies, texts.say('cli.doctor.sum', { checks: found.length, bad, warned })];
}
