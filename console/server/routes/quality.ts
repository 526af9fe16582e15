import { zoneMinutes } from '../../../src/schedule/zone.ts';
import { passing, qualityReport, type QualityReport } from '../../../src/quality/report.ts';
import { bodyOf, scopeOf, type Asked, type Handlers } from '../asked.ts';
import { Refusal } from '../refusal.ts';
import { sharedReading } from '../shared-reading.ts';
import type { World } from '../world.ts';

const freshMs = 30_000;
const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** How good the county's data are, the figures it publishes, and the bulletin for its departments. */
export function qualityRoutes(world: World): Handlers {
  const report = keptFor(freshMs, world, () => qualityReport(world.site(), world.read, zoneMinutes(world.site().zone)));
  const figures = keptFor(freshMs, world, () => world.office.indicators());
  return {
    reads: {
      getQuality: async (asked) => ({ json: { at: world.clock.wallMs(), ...shownReport(await report(), asked) } }),
      listBulletins: async () => ({ json: { months: await world.read.closedMonths() } }),
      getBulletin: async (asked) => {
        const month = String(asked.path['month']);
        const found = await world.read.bulletin(month);
        if (found === null) throw new Refusal(404, 'BULLETIN_UNKNOWN', { month });
        const lines = within(found.lines, asked);
        return { json: { month, at: found.at, departments: lines.map((line) => ({ ...line, ...passing(line.passed, line.records - line.passed) })) } };
      },
      getIndicators: async ({ texts }) => ({
        json: {
          at: world.clock.wallMs(),
          indicators: (await figures()).map(({ id, title, formula, unit, value, from, published, because, unread }) => ({
            id, title, formula, source: texts.say(`cli.indicators.from.${from}`), value, unit, target: published, numerator: null, denominator: null,
            why: because === null ? '' : /^[A-Z_]+$/.test(because) ? texts.sentence({ code: because, facts: { count: unread } }) : because,
          })),
        },
      }),
    },
    acts: {
      exportQuality: async (asked) => {
        const { department } = bodyOf<{ readonly department?: string }>(asked);
        return {
          object: `quality of ${department ?? 'all departments'}`,
          perform: async () => ({ bytes: await world.workbench.qualityWorkbook(department ?? null, asked.texts), type: workbookType, name: 'quality.xlsx' }),
        };
      },
    },
  };
}

/** Without the records themselves: these are for who may see data, and in the workbook. */
function shownReport({ datasets, departments, rules, days }: QualityReport, asked: Asked): Readonly<Record<string, unknown>> {
  return {
    datasets: within(datasets, asked), departments: within(departments, asked),
    rules: within(rules, asked).map((one) => ({ ...one, title: asked.texts.title(one.code) })), days: within(days, asked),
  };
}

/** Of these lines, those of datasets that the asking person may see. */
function within<T extends { readonly dataset: string }>(lines: readonly T[], asked: Asked): readonly T[] {
  const scope = scopeOf(asked);
  return scope === null ? lines : lines.filter((one) => scope.includes(one.dataset));
}

/** What was read is good for a while: pages ask more often than it changes. */
function keptFor<T>(ms: number, { clock }: World, read: () => Promise<T>): () => Promise<T> {
  const reading = sharedReading(read);
  let kept: { readonly value: T; readonly until: number } | null = null;
  return async () => {
    if (kept !== null && kept.until > clock.wallMs()) return kept.value;
    const value = await reading();
    kept = { value, until: clock.wallMs() + ms };
    return value;
  };
}
