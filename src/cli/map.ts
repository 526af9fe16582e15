import { rowFile } from '../config/row-file.ts';
import type { Site } from '../config/site.ts';
import { lookAtRow, type LookedRow } from '../intake/look-at-row.ts';
import type { Change, PresentChange } from '../record/change.ts';
import { Failure } from '../record/failure.ts';
import { compileIntakes, type CompiledDataset } from '../schedule/intakes.ts';
import { openCounty } from './county.ts';
import { mistakeLine, readSite, SiteFilesWrong } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';

/** Where the row comes from: a file, or the county by its key. */
export interface MapOptions {
  readonly row?: string;
  readonly key?: string;
  /** Texts as they are; else, of a row read from the county, only their first character. */
  readonly plain: boolean;
}

/** `qilian map <dataset>`: what one row means in the region, field by field, with every problem; 1 when it could not travel. */
export async function map(invocation: Invocation, dataset: string, options: MapOptions): Promise<ExitCode> {
  const { parts, json } = invocation;
  const site = await readSite(invocation);
  const intakes = compileIntakes(site);
  const intake = intakes.of(dataset);
  if (intake === undefined) throw new Failure('DATASET_UNKNOWN', { dataset, known: site.datasets.map((one) => one.dataset).join('、') });
  if ((options.row === undefined) === (options.key === undefined)) throw new Failure('ROW_OR_KEY');
  const change = options.row === undefined ? await countyRow(invocation, { site, intake, key: options.key ?? '' }) : writtenRow(invocation, { site, dataset, file: options.row });
  const looked = lookAtRow({ ...intake, contract: intakes.contract, plain: options.plain || options.row !== undefined }, change);
  if (json) parts.out(JSON.stringify({ dataset, ...looked }));
  else for (const line of rowLines(looked, invocation)) parts.out(line);
  return looked.outcome === 'bad' ? 1 : 0;
}

async function countyRow(invocation: Invocation, { site, intake, key }: { readonly site: Site; readonly intake: CompiledDataset; readonly key: string }): Promise<PresentChange> {
  const source = openCounty(invocation, site, intake.source);
  try {
    const change: Change = await source.one(intake.selection, key);
    if (change.state === 'gone') throw new Failure('ROW_UNKNOWN', { key, table: intake.selection.table });
    return change;
  } finally {
    await source.close();
  }
}

function writtenRow({ parts, texts }: Invocation, { site, dataset, file }: { readonly site: Site; readonly dataset: string; readonly file: string }): PresentChange {
  const mapping = site.datasets.find((one) => one.dataset === dataset);
  if (mapping === undefined || !parts.exists(file)) throw new Failure('ROW_FILE_MISSING', { file });
  const found = rowFile(parts.readText(file), { file, mapping });
  if ('change' in found) return found.change;
  for (const mistake of found.mistakes) parts.err(mistakeLine(mistake, texts));
  throw new SiteFilesWrong();
}

function rowLines(looked: LookedRow, { texts }: Invocation): readonly string[] {
  const told = (problem: LookedRow['problems'][number]): string => `${texts.say(`cli.severity.${problem.severity}`)} ${problem.code} ${texts.sentence(problem)}`;
  const { need } = looked;
  return [
    `${looked.key}  ${texts.say(`cli.map.${looked.outcome}`)}${looked.identity === null ? '' : `  ${looked.identity}`}`,
    ...(need === null ? [] : [texts.say('cli.map.need', { need: `${need.dataset} ${need.identity}` })]),
    ...looked.problems.map((problem) => `! ${told(problem)}`),
    ...looked.records.flatMap(({ table, title, fields }) => {
      const shown = fields.filter(({ value, problems, required }) => value !== null || problems.length > 0 || required);
      const width = Math.max(0, ...shown.map(({ field }) => field.length));
      const rest = fields.length - shown.length;
      return [
        '', `${table} ${title}`,
        ...shown.flatMap(({ field, value, problems }) => [
          `  ${field.padEnd(width)}  ${value === null ? '—' : String(value)}`,
          ...problems.map((problem) => `  ${' '.repeat(width)}  ! ${told(problem)}`),
        ]),
        ...(rest === 0 ? [] : [`  ${texts.say('cli.map.empty', { count: rest })}`]),
      ];
    }),
  ];
}
