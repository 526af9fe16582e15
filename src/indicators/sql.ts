import type { FieldName } from '../mapping/dataset.ts';
import type { Condition, Measure } from '../mapping/indicator.ts';

/** A measure as a query over the synchronised rows of the region's tables, or over the county's own: what was worked out, written down. */
export function sqlOf(measure: Measure, year: string): string | null {
  switch (measure.kind) {
    case 'count': return `select count(distinct record) from ${measure.dataset}${whereOf(measure.where, year)}`;
    case 'share': return `select 1.0 * count(distinct record) filter (where ${all(measure.where, year)}) / count(distinct record) from ${measure.dataset}${whereOf(measure.of, year)}`;
    case 'cut': return `select 1 - 1.0 * sum(${firstOf(measure.to)}) / sum(${firstOf(measure.from)}) from ${measure.dataset} where ${firstOf(measure.from)} >= 0 and ${firstOf(measure.to)} >= 0`;
    case 'distinct': return `select count(distinct ${firstOf(measure.field)}) from ${measure.dataset}${whereOf(measure.where, year)}`;
    case 'county': return countySql(measure);
    case 'sync': return syncSql(measure);
    case 'ratings': return ratingsSql(measure);
    case 'none': return null;
  }
}

function countySql({ source, table, where, distinct, begins, share }: Extract<Measure, { kind: 'county' }>): string {
  const wheres = [...columns(where), ...(distinct !== undefined && begins !== undefined ? [`${distinct} like '${begins}%'`] : [])];
  const what = share !== undefined ? `1.0 * count(*) filter (where ${columns(share).join(' and ')}) / count(*)` : distinct === undefined ? 'count(*)' : `count(distinct ${distinct})`;
  return `select ${what} from ${source}.${table}${wheres.length === 0 ? '' : ` where ${wheres.join(' and ')}`}`;
}

function ratingsSql({ given, share }: Extract<Measure, { kind: 'ratings' }>): string {
  const what = share === undefined ? 'count(*)' : `1.0 * count(*) filter (where value in (${share.map((one) => `'${one}'`).join(', ')})) / count(value)`;
  return `select ${what} from ratings where given = '${given}'`;
}

function syncSql({ what, datasets, hours }: Extract<Measure, { kind: 'sync' }>): string {
  const of = `where dataset in (${datasets.map((one) => `'${one}'`).join(', ')})`;
  if (what === 'onTime') return `select 1.0 * count(*) filter (where settled_at - kept_at <= ${hours} * 3600000) / count(*) from envelope ${of} and state = 'delivered'`;
  const part = what === 'gathered' ? 'at_region' : 'state <> \'quarantined\'';
  return `select 1.0 * count(*) filter (where ${part}) / count(*) from record ${of} and not gone`;
}

function columns(where: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.entries(where).map(([column, values]) => `${column} in (${values.map((one) => `'${one}'`).join(', ')})`);
}

function whereOf(conditions: readonly Condition[], year: string): string {
  return conditions.length === 0 ? '' : ` where ${all(conditions, year)}`;
}

function all(conditions: readonly Condition[], year: string): string {
  return conditions.map((one) => condition(one, year)).join(' and ');
}

/** One of several fields passes; `not` must hold for all of them. */
function condition(one: Condition, year: string): string {
  const tests = one.fields.map(({ table, field }) => test(`${table}.${field}`, one, year));
  return tests.length === 1 ? tests[0] ?? '' : `(${tests.join(one.not === undefined ? ' or ' : ' and ')})`;
}

function test(field: string, { take, is, not, contains, thisYear, outsideHours }: Condition, year: string): string {
  const value = take === undefined ? field : `substr(${field}, ${take.from}, ${take.to - take.from + 1})`;
  if (is !== undefined) return `${value} in (${is.map((one) => `'${one}'`).join(', ')})`;
  if (not !== undefined) return `${value} not in (${not.map((one) => `'${one}'`).join(', ')})`;
  if (contains !== undefined) return `${value} like '%${contains}%'`;
  if (thisYear !== undefined) return `${value} ${thisYear ? '' : 'not '}like '${year}%'`;
  const { weekdays = [], hours = [] } = outsideHours ?? {};
  return `not (workday(${value}, ${weekdays.join(', ')}) and (${hours.map((span) => `time(${value}) >= '${span.slice(0, 5)}' and time(${value}) < '${span.slice(6)}'`).join(' or ')}))`;
}

function firstOf(fields: readonly FieldName[]): string {
  const names = fields.map(({ table, field }) => `${table}.${field}`);
  return names.length === 1 ? names[0] ?? '' : `coalesce(${names.join(', ')})`;
}
