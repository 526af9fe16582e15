import type { DatasetMapping, FieldMapping } from '../../../src/mapping/dataset.ts';
import { form } from '../../../src/record/form.ts';
import { checkDataset, scopeOf, type Asked, type Handlers } from '../asked.ts';
import { shapesOf, shownField } from '../masking.ts';
import { Refusal } from '../refusal.ts';
import { shownProblem } from '../shown-problem.ts';
import type { World } from '../world.ts';

const usual = 10;

/** What the county's rows mean in the region: the mapping files, read beside what they do. */
export function mappingRoutes(world: World): Handlers {
  return {
    reads: {
      listMappings: async (asked) => ({ json: await list(asked, world) }),
      getMapping: async (asked) => {
        const mapping = mappingOf(asked, world);
        const { dataset, title } = mapping;
        return { json: { dataset, title, ...world.office.mappingFile(dataset), tables: tablesOf(mapping, world), examples: examplesOf(dataset, world) } };
      },
      previewMapping: async (asked) => {
        const { dataset } = mappingOf(asked, world);
        const rows = await world.office.sampleRows(dataset, Math.min(Number(asked.query['limit'] ?? usual), 50));
        return {
          json: {
            rows: rows.map(({ row, looked }) => ({
              row: Object.fromEntries(Object.entries(row.row).map(([column, value]) => [column, value === null ? null : form(value)])), outcome: looked.outcome,
              problems: [...looked.problems, ...looked.records.flatMap((one) => one.fields.flatMap((field) => field.problems))].map((problem) => shownProblem(problem, { site: world.site(), texts: asked.texts, secrets: [] })),
              fields: looked.records.flatMap(({ table, fields }) => fields.filter(({ value }) => value !== null).map(({ field, value }) => shownField({ table, field, value }, world.site(), 'masked'))),
            })),
          },
        };
      },
      getCodeTable: async (asked) => ({ json: await codeTable(asked, world) }),
    },
  };
}

function mappingOf(asked: Asked, world: World): DatasetMapping {
  const dataset = String(asked.path['dataset']);
  checkDataset(asked, dataset);
  const mapping = world.site().datasets.find((one) => one.dataset === dataset);
  if (mapping === undefined) throw new Refusal(404, 'DATASET_UNKNOWN', { dataset, known: world.site().datasets.map((one) => one.dataset).join('、') });
  return mapping;
}

async function list(asked: Asked, world: World): Promise<unknown> {
  const site = world.site();
  const scope = scopeOf(asked);
  const mine = site.datasets.filter((one) => scope === null || scope.includes(one.dataset));
  const tables = new Map(mine.flatMap((one) => Object.entries(one.codes)));
  const unmapped = await unmappedValues(world);
  return {
    version: site.version,
    datasets: mine.map((one) => ({
      dataset: one.dataset, title: one.title, source: one.source, table: one.from.table, tables: [...new Set(one.records.map((record) => record.table))],
      fields: one.records.reduce((sum, record) => sum + Object.keys(record.fields).length, 0), examples: site.examples.filter(({ dataset }) => dataset === one.dataset).length,
    })),
    codeTables: [...tables].map(([name, table]) => ({ table: name, title: table.title, lines: table.entries.length, unmapped: unmapped.get(name)?.size ?? 0 })),
  };
}

function tablesOf(mapping: DatasetMapping, world: World): readonly unknown[] {
  return mapping.records.map((record) => {
    const shape = shapesOf(world.site()).get(record.table);
    const fields = shape?.fields ?? [];
    return {
      table: record.table, title: shape?.title ?? record.table,
      fields: fields.map(({ name, comment, required, dictionary }) => {
        const filled = record.fields[name];
        return { field: name, label: comment, required, dictionary: dictionary?.title ?? null, from: filled === undefined ? '' : originOf(filled), steps: filled === undefined ? [] : stepsOf(filled) };
      }),
    };
  });
}

/** Where a field comes from, as the mapping file writes it. */
function originOf({ origin }: FieldMapping): string {
  switch (origin.kind) {
    case 'column': return [origin.place.lookup, origin.place.of === 'ending' || origin.place.of === 'main' ? origin.place.of : '', origin.place.column].filter((part) => part !== '').join('.');
    case 'constant': return `= ${origin.value}`;
    case 'join': return origin.parts.map(originOf).join(` + ${origin.separator === '' ? '' : `“${origin.separator}” + `}`);
    case 'first': return origin.parts.map(originOf).join(' | ');
    case 'expression': return origin.source;
  }
}

function stepsOf({ steps }: FieldMapping): readonly string[] {
  return Object.entries(steps).map(([name, value]) => (value === true ? name : `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`));
}

/** Examples are made up, never a person's: they are shown as they are. */
function examplesOf(dataset: string, world: World): readonly unknown[] {
  return world.site().examples.filter((one) => one.dataset === dataset).map(({ title, change, expects }) => ({
    name: title, row: { ...change.row, ...change.children }, outcome: expects.gone ? 'gone' : expects.problems.some((one) => one.severity === 'refuse') ? 'bad' : 'good',
    records: { records: expects.records ?? [], fields: expects.fields, counts: expects.counts, problems: expects.problems },
  }));
}

/** Values of the county that keep records back because a code table does not have them. */
async function unmappedValues({ workbench, site }: World): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const found = new Map<string, Map<string, number>>();
  for (const { dataset, code, table, field, value, records } of await workbench.groups()) {
    if (code !== 'CODE_UNMAPPED') continue;
    const name = site().datasets.find((one) => one.dataset === dataset)?.records.find((one) => one.table === table)?.fields[field]?.steps.code;
    if (name === undefined) continue;
    const values = found.get(name) ?? new Map<string, number>();
    found.set(name, values.set(value, (values.get(value) ?? 0) + records));
  }
  return found;
}

async function codeTable(asked: Asked, world: World): Promise<unknown> {
  const name = String(asked.path['table']);
  const site = world.site();
  const scope = scopeOf(asked);
  const owner = site.datasets.find((one) => name in one.codes && (scope === null || scope.includes(one.dataset)));
  const table = owner?.codes[name];
  if (owner === undefined || table === undefined) throw new Refusal(404, 'CODE_TABLE_UNKNOWN', { table: name });
  const places = owner.records.flatMap((record) => Object.entries(record.fields).filter(([, field]) => field.steps.code === name).map(([field]) => ({ table: record.table, field })));
  const [place] = places;
  const shape = place === undefined ? undefined : shapesOf(site).get(place.table);
  const dictionary = shape?.fields.find((one) => one.name === place?.field)?.dictionary ?? null;
  return {
    table: name, title: table.title, dictionary: dictionary?.title ?? null,
    lines: table.entries.map(({ from, to, county, region }) => ({ from, to, meaning: `${county} → ${region}` })),
    choices: Object.entries(dictionary?.entries ?? {}).map(([code, meaning]) => ({ code, meaning })),
    unmapped: [...(await unmappedValues(world)).get(name) ?? []].map(([value, count]) => ({ value, count })),
  };
}
