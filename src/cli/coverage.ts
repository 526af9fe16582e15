import { compileContract } from '../contract/contract.ts';
import { columnsRead, coverageOf, type Coverage } from '../mapping/coverage.ts';
import { selectionOf } from '../mapping/selection.ts';
import type { TableDescription } from '../port/source.ts';
import { Failure } from '../record/failure.ts';
import { askedSources } from './asked-sources.ts';
import { readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { tableLines } from './table.ts';

/** A county table that no mapping reads at all. */
interface UnreadTable {
  readonly source: string;
  readonly table: string;
  readonly rows: number;
}

/** `qilian coverage [dataset]`: region fields nobody fills, county columns nobody reads, and what is declared in between. */
export async function coverage(invocation: Invocation, dataset: string | undefined): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const site = await readSite(invocation);
  const chosen = site.datasets.filter((one) => dataset === undefined || one.dataset === dataset);
  if (dataset !== undefined && chosen.length === 0) throw new Failure('DATASET_UNKNOWN', { dataset, known: site.datasets.map((one) => one.dataset).join('、') });
  const contract = compileContract(site.contract);
  const asked = askedSources(invocation);
  const described = new Map<string, readonly TableDescription[] | null>();
  for (const [name, setting] of Object.entries(site.sources)) described.set(name, await asked.describe(name, setting));
  const datasets = chosen.map((mapping) => coverageOf(mapping, contract, described.get(mapping.source) ?? null));
  const unread: readonly UnreadTable[] = dataset === undefined ? unreadTables(site.datasets.map((one) => ({ source: one.source, tables: [...columnsRead(selectionOf(one)).keys()] })), described) : [];
  if (json) {
    parts.out(JSON.stringify({ datasets, unread, unreached: asked.unreached }));
    return 0;
  }
  for (const one of datasets) for (const line of coverageLines(one, invocation)) parts.out(line);
  if (unread.length > 0) parts.out(texts.say('cli.coverage.unread', { tables: unread.map((one) => `${one.table} (${one.rows})`).join('、') }));
  for (const one of asked.unreached) parts.err(texts.say('cli.coverage.unreached', one));
  return 0;
}

function unreadTables(read: readonly { readonly source: string; readonly tables: readonly string[] }[], described: ReadonlyMap<string, readonly TableDescription[] | null>): readonly UnreadTable[] {
  const known = new Set(read.flatMap((one) => one.tables));
  const met = new Set<string>();
  return [...described].flatMap(([source, tables]) => (tables ?? []).flatMap(({ table, rows }) => {
    if (known.has(table) || met.has(table)) return [];
    met.add(table);
    return [{ source, table, rows }];
  }));
}

function coverageLines({ dataset, tables, sources, declared }: Coverage, { texts }: Invocation): readonly string[] {
  const head = (...keys: string[]): string[] => keys.map((key) => texts.say(`cli.head.${key}`));
  return [
    dataset, '',
    ...tableLines(head('table', 'fields', 'filled', 'empty'), tables.map((one) => [
      one.table, one.fields, one.fields - one.empty.length, one.empty.map(({ field, title }) => (title === '' ? field : `${field} ${title}`)).join('、'),
    ])),
    ...(sources === null ? [] : ['', ...tableLines(head('countyTable', 'columns', 'readColumns', 'unused'), sources.map((one) => [
      one.table, one.columns, one.columns - one.unused.length, one.unused.join('、'),
    ]))]),
    ...(declared.length === 0 ? [] : ['', texts.say('cli.coverage.declared'), ...declared.map(({ field, what, value, because }) =>
      `  ${field}  ${texts.say(`cli.coverage.${what}`, { value })}  ${because}`)]),
    '',
  ];
}
