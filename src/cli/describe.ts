import { loadSources } from '../config/load-site.ts';
import type { Site } from '../config/site.ts';
import type { Source, TableDescription } from '../port/source.ts';
import { Failure } from '../record/failure.ts';
import { form as masked } from '../record/form.ts';
import { tellMistakes } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { tableLines } from './table.ts';

/** Rows looked at for the form of a column's values. */
const looked = 20;

/** Different forms shown of each column. */
const shown = 3;

/** `qilian describe <source>`: what a county's database has, for writing a mapping: tables, columns, types, rows, and the forms of values, never the values. */
export async function describeSource(invocation: Invocation, name: string, only?: string): Promise<ExitCode> {
  const { parts, json } = invocation;
  const source = parts.openSource(await settingOf(invocation, name));
  try {
    const tables = (await source.describe()).filter(({ table }) => only === undefined || table.toLowerCase() === only.toLowerCase());
    if (only !== undefined && tables.length === 0) throw new Failure('TABLE_ABSENT', { source: name, table: only });
    const described = [];
    for (const table of tables) described.push({ ...table, columns: await withForms(source, table) });
    if (json) parts.out(JSON.stringify({ source: name, tables: described }));
    else for (const line of described.flatMap((table) => linesOf(invocation, table))) parts.out(line);
    return 0;
  } finally {
    await source.close();
  }
}

/** Only the sources need to be right: who describes a county may have no mapping yet. */
async function settingOf(invocation: Invocation, name: string): Promise<Site['sources'][string]> {
  const { siteDir, env } = invocation;
  const read = await loadSources({ dir: siteDir, env });
  if ('mistakes' in read) throw tellMistakes(invocation, read.mistakes);
  const setting = read.sources[name];
  if (setting === undefined) throw new Failure('SOURCE_ABSENT', { source: name, known: Object.keys(read.sources).join('、') });
  return setting;
}

type Column = TableDescription['columns'][number] & { readonly forms: readonly string[] };

async function withForms(source: Source, { table, columns }: TableDescription): Promise<readonly Column[]> {
  const rows = await source.sample(table, looked);
  return columns.map((column) => {
    const forms = Map.groupBy(rows.map((row) => masked(row[column.name] ?? null)), (form) => form);
    const commonest = [...forms].toSorted(([, one], [, other]) => other.length - one.length);
    return { ...column, forms: commonest.slice(0, shown).map(([form]) => form) };
  });
}

function linesOf({ texts }: Invocation, { table, rows, columns }: Omit<TableDescription, 'columns'> & { readonly columns: readonly Column[] }): readonly string[] {
  const heads = ['column', 'type', 'nullable', 'forms'].map((key) => texts.say(`cli.head.${key}`));
  const lines = tableLines(heads, columns.map(({ name, type, nullable, forms }) => [name, type, nullable ? '' : 'NOT NULL', forms.join(' | ')]));
  return [texts.say('cli.describe.table', { table, rows, columns: columns.length }), ...lines, ''];
}
