import type { Contract } from '../contract/contract.ts';
import type { Site } from '../config/site.ts';
import type { FieldName } from '../mapping/dataset.ts';
import type { Indicator, Measure } from '../mapping/indicator.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { IndicatorStore } from '../port/indicators.ts';
import type { QualityStore, SetAside } from '../port/quality.ts';
import type { Source } from '../port/source.ts';
import { Failure } from '../record/failure.ts';
import type { Ratings } from '../record/ratings.ts';
import { sqlOf } from './sql.ts';
import { tallyOf, type Counted, type Tally } from './tally.ts';

/** A figure worked out, with its definition. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** As it is published: shares in whole per cent, everything else as counted; null where it cannot be worked out. */
  readonly value: number | null;
  /** Not rounded; a share from 0 to 1. */
  readonly exact: number | null;
  readonly formula: string;
  readonly sql: string | null;
  /** `synchronised`: from what was read for the region. `county`: from the county's own table. `sync`: about the sync itself. `ratings`: from what the region issued. */
  readonly from: 'synchronised' | 'county' | 'sync' | 'ratings' | 'nothing';
  /** Why there is no value. */
  readonly because: string | null;
  /** Records whose text is no longer kept, so that they could not be looked at. */
  readonly unread: number;
  readonly published: number | null;
  readonly agrees: boolean | null;
}

/** What figures are worked out from. Nothing in it writes. */
export interface Computing {
  readonly site: Pick<Site, 'indicators' | 'datasets' | 'calendar'>;
  readonly contract: Contract;
  readonly mappingOf: (dataset: string) => Mapping | undefined;
  readonly store: IndicatorStore & Pick<QualityStore, 'setAside'>;
  readonly openSource: (name: string) => Source;
  /** Null where the region issues none. */
  readonly ratings: () => Promise<Ratings | null>;
  readonly year: string;
}

const pageSize = 5_000;

/** Works out every figure of a site; what is set aside counts as the county published it, as far as the mapping can read it. */
export async function computeIndicators(computing: Computing): Promise<readonly Figure[]> {
  const { indicators } = computing.site;
  const counted = new Map<Indicator, { readonly tally: Tally; readonly dataset: string }>();
  for (const indicator of indicators) {
    if (isCounted(indicator.measure)) counted.set(indicator, { tally: tallyOf(indicator.measure, { year: computing.year, calendar: computing.site.calendar }), dataset: indicator.measure.dataset });
  }
  const unread = new Map<string, number>();
  for (const dataset of new Set([...counted.values()].map((one) => one.dataset))) {
    unread.set(dataset, await readDataset(computing, dataset, [...counted.values()].filter((one) => one.dataset === dataset).map((one) => one.tally)));
  }
  const figures: Figure[] = [];
  for (const indicator of indicators) {
    const one = counted.get(indicator);
    const missed = one === undefined || one.tally.fields.length === 0 ? 0 : unread.get(one.dataset) ?? 0;
    const worked = one === undefined ? await otherwise(computing, indicator.measure) : missed > 0 ? unknown('TEXT_NOT_KEPT') : known(one.tally.end());
    figures.push(figureOf(indicator, { ...worked, unread: missed, year: computing.year }));
  }
  return figures;
}

/** A figure's value, or the reason why it has none. */
interface Worked {
  readonly exact: number | null;
  readonly because: string | null;
}

function known(exact: number | null): Worked {
  return { exact, because: exact === null ? 'NOTHING_TO_MEASURE' : null };
}

function unknown(because: string): Worked {
  return { exact: null, because };
}

function figureOf(indicator: Indicator, about: Worked & { readonly unread: number; readonly year: string }): Figure {
  const { id, title, unit, formula, measure, published = null } = indicator;
  const { exact, because, unread, year } = about;
  const value = exact === null || unit !== '%' ? exact : inPerCent(exact);
  return {
    id, title, unit, value, exact, formula, because, sql: sqlOf(measure, year), unread, published, agrees: published === null || value === null ? null : value === published,
    from: measure.kind === 'none' ? 'nothing' : measure.kind === 'county' || measure.kind === 'sync' || measure.kind === 'ratings' ? measure.kind : 'synchronised',
  };
}

/** Rounded, but 100 % is said of nothing less. */
function inPerCent(share: number): number {
  return share < 1 ? Math.min(99, Math.round(share * 100)) : Math.round(share * 100);
}

function isCounted(measure: Measure): measure is Counted {
  return measure.kind === 'count' || measure.kind === 'share' || measure.kind === 'cut' || measure.kind === 'distinct';
}

/** Goes through the records of a dataset once for all its measures; the number of those whose text is no longer kept. */
async function readDataset(computing: Computing, dataset: string, tallies: readonly Tally[]): Promise<number> {
  const { store } = computing;
  const fields = [...new Map(tallies.flatMap((one) => one.fields).map((field) => [nameOf(field), field])).values()];
  const at = new Map(fields.map((field, index) => [nameOf(field), index]));
  let unread = 0;
  for (let after: number | null = 0; after !== null;) {
    const page: Awaited<ReturnType<IndicatorStore['said']>> = await store.said(dataset, fields, after, pageSize);
    for (const record of page.records) {
      if (record === null) unread += 1;
      else for (const tally of tallies) tally.note((field) => record[at.get(nameOf(field)) ?? -1] ?? []);
    }
    after = page.next;
  }
  for (let after = 0; ;) {
    const page = await store.setAside(after, pageSize);
    for (const one of page) if (one.dataset === dataset) for (const tally of tallies) tally.note(valuesSetAside(computing, one));
    if (page.length < pageSize) return unread;
    after = page.at(-1)?.seq ?? after;
  }
}

/** What a record set aside says: what was sent, or its row as far as today's mapping fills it. */
function valuesSetAside({ mappingOf, contract }: Computing, { dataset, change, records }: SetAside): (field: FieldName) => readonly (string | number)[] {
  const translation = change?.state === 'present' ? mappingOf(dataset)?.translate(change) : undefined;
  const rows = translation?.state === 'present'
    ? translation.records.map(({ table, values }) => ({ table, value: (field: string) => values[contract.shape(table).position.get(field) ?? -1] ?? null }))
    : records.map(({ table, body }) => {
      const row = JSON.parse(body) as Readonly<Record<string, unknown>>;
      return { table, value: (field: string) => row[field] ?? null };
    });
  return ({ table, field }) => rows.filter((row) => row.table === table).flatMap((row) => {
    const value = row.value(field);
    return typeof value === 'string' || typeof value === 'number' ? [value] : [];
  });
}

async function otherwise({ store, openSource, ratings }: Computing, measure: Measure): Promise<Worked> {
  if (measure.kind === 'none') return unknown(measure.because);
  if (measure.kind === 'ratings') return ratingFigure(await ratings(), measure);
  if (measure.kind === 'county') return countyFigure(openSource(measure.source), measure);
  if (measure.kind !== 'sync') return known(null);
  let [part, whole] = [0, 0];
  for (const dataset of measure.datasets) {
    if (measure.what === 'onTime') {
      const { delivered, within } = await store.delays(dataset, measure.hours * 3_600_000);
      [part, whole] = [part + within, whole + delivered];
    } else {
      const { live, setAside, atRegion } = await store.standingsOf(dataset);
      [part, whole] = [part + (measure.what === 'gathered' ? atRegion : live - setAside), whole + live];
    }
  }
  return known(whole === 0 ? null : part / whole);
}

function ratingFigure(ratings: Ratings | null, { given, share }: Extract<Measure, { kind: 'ratings' }>): Worked {
  if (ratings === null) return unknown('RATINGS_NOT_ISSUED');
  if (given === 'default') return known(ratings.defaults);
  const count = (values: readonly string[]): number => values.reduce((sum, one) => sum + (ratings.persons[one] ?? 0), 0);
  if (share === undefined) return known(count(Object.keys(ratings.persons)));
  const valued = count(Object.keys(ratings.persons).filter((value) => value !== ''));
  return known(valued === 0 ? null : count(share) / valued);
}

/** Reads a table of the county through, with the columns it needs and no others; a county without it leaves the figure unknown. */
async function countyFigure(source: Source, measure: Extract<Measure, { kind: 'county' }>): Promise<Worked> {
  const { table, key, where, distinct, begins = '', share } = measure;
  const columns = [...new Set([key, ...Object.keys(where), ...(distinct === undefined ? [] : [distinct]), ...Object.keys(share ?? {})])];
  const met = new Set<string>();
  let [rows, part] = [0, 0];
  try {
    for (let cursor: string | null = null; ;) {
      const page: Awaited<ReturnType<Source['sweep']>> = await source.sweep({ table, key, columns, where, children: [], lookups: [] }, cursor, pageSize);
      for (const change of page.changes) {
        if (change.state !== 'present') continue;
        rows += 1;
        if (share !== undefined && Object.entries(share).every(([column, values]) => values.includes(String(change.row[column] ?? '')))) part += 1;
        const value = distinct === undefined ? null : change.row[distinct] ?? null;
        if (value !== null && String(value).startsWith(begins)) met.add(String(value));
      }
      if (page.caughtUp) break;
      cursor = page.resume;
    }
  } catch (cause) {
    if (cause instanceof Failure && ['TABLE_ABSENT', 'COLUMN_ABSENT'].includes(cause.code)) return unknown('COUNTY_KEEPS_NONE');
    throw cause;
  } finally {
    await source.close();
  }
  return known(share !== undefined ? (rows === 0 ? null : part / rows) : distinct === undefined ? rows : met.size);
}

function nameOf({ table, field }: FieldName): string {
  return `${table}.${field}`;
}
