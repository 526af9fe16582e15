import { ratingsOf } from '../inbound/ratings.ts';
import { computeIndicators, type Figure } from '../indicators/compute.ts';
import { zoneMinutes } from '../schedule/gateway.ts';
import { compileIntakes } from '../schedule/intakes.ts';
import { openCounty } from './county.ts';
import { lookInto, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { tableLines } from './table.ts';

/** What is asked of the figures. */
export interface IndicatorOptions {
  /** The year that `thisYear` means; the present one when it is not told. */
  readonly year?: string;
  readonly sql: boolean;
}

/** `qilian indicators`: the figures the county publishes, worked out from what is synchronised, each with its definition. */
export async function indicators(invocation: Invocation, options: IndicatorOptions): Promise<ExitCode> {
  const { parts, json, texts } = invocation;
  const site = await readSite(invocation);
  const store = lookInto(invocation, site);
  try {
    const at = parts.clock.wallMs();
    const year = options.year ?? String(new Date(at + zoneMinutes(site.zone) * 60_000).getUTCFullYear());
    const intakes = compileIntakes(site);
    const figures = await computeIndicators({
      site, store, year, contract: intakes.contract, mappingOf: (dataset) => intakes.of(dataset)?.mapping, openSource: (name) => openCounty(invocation, site, name),
      ratings: async () => (site.profile.pull?.ratings === undefined ? null : ratingsOf(site.profile.pull.ratings, store)),
    });
    if (json) parts.out(JSON.stringify({ site: site.name, at, year, indicators: figures }));
    else for (const line of lines(figures, invocation, options)) parts.out(line);
    if (!json && figures.length === 0) parts.out(texts.say('cli.indicators.none'));
    return 0;
  } finally {
    await store.close();
  }
}

function lines(figures: readonly Figure[], { texts }: Invocation, { sql }: IndicatorOptions): readonly string[] {
  if (figures.length === 0) return [];
  const say = (key: string): string => texts.say(`cli.indicators.${key}`);
  const shown = (one: Figure): string => (one.value === null ? say('unknown') : `${one.value.toLocaleString('en-US')} ${one.unit}`);
  return [
    ...tableLines(['id', 'title', 'value', 'published', 'from'].map((key) => say(`head.${key}`)), figures.map((one) => [
      one.id, one.title, shown(one), one.published === null ? '—' : one.published.toLocaleString('en-US'), say(`from.${one.from}`)])),
    '',
    ...figures.flatMap((one) => [
      `${one.id}  ${one.formula}${one.because === null ? '' : `  ${say('because')}${/^[A-Z_]+$/.test(one.because) ? texts.sentence({ code: one.because, facts: { count: one.unread } }) : one.because}`}`,
      ...(sql && one.sql !== null ? [`  ${one.sql}`] : []),
    ]),
  ];
}
