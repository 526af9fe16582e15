import type { DatasetMapping } from '../mapping/dataset.ts';
import type { DownMapping } from '../mapping/down.ts';
import type { Example } from '../mapping/example.ts';
import type { ScanList } from '../port/scan-list.ts';
import { codeFile, type CodeFile } from './code-file.ts';
import { datasetFile } from './dataset-file.ts';
import { downFile } from './down-file.ts';
import { exampleFiles } from './example-file.ts';
import type { Known, KnownDataset } from './known.ts';
import { keysAt, spotAt, textAt } from './peek.ts';
import type { Reading } from './reading.ts';
import { checkColumns } from './source-columns.ts';
import { scanFile } from './scan-file.ts';
import type { Spot } from './spot.ts';

/** What the mapping files of a county are read against, without what they say themselves. */
export interface Around extends Omit<Known, 'codes' | 'codesUnread' | 'datasets'> {
  readonly sinks: readonly string[];
  readonly resources: readonly string[] | undefined;
  /** Sources that tell what has changed without a column that says when: folders with files. */
  readonly untimed: readonly string[];
}

/** A county's datasets, and their names even where a file has mistakes. */
export interface CountyFiles {
  readonly mappings: readonly DatasetMapping[];
  readonly datasets: ReadonlyMap<string, KnownDataset>;
  readonly examples: readonly Example[];
  readonly downs: readonly DownMapping[];
  readonly scans: readonly ScanList[];
}

/** Reads `mappings/county/<county>/`, its `codes/` and its `examples/`. */
export async function countyFiles(reading: Reading, county: string, around: Around): Promise<CountyFiles> {
  const directory = `mappings/county/${county}`;
  const { codes, codesUnread } = await codeTables(reading, `${directory}/codes`);
  const roots = (await reading.roots(directory)).filter((root) => root !== undefined);
  const datasets = new Map(roots.flatMap((root) => glimpse(root, around.untimed)));
  if (roots.length === 0) reading.mistakes.push({ file: directory, line: 1, column: 1, code: 'FILE_MISSING', facts: { file: `${directory}/*.yaml` } });
  const known: Known = { ...around, codes, codesUnread, datasets };
  const read = datasetFile(known);
  checkNames(roots, (root) => spotAt(root, 'dataset'));
  for (const root of roots) checkColumns(root, around);
  const mappings = roots.map(read).filter((mapping) => mapping !== undefined);
  const asides = (await reading.asides(`${directory}/examples`)).filter((root) => root !== undefined);
  const downs = await downFiles(reading, `${directory}/down`, { ...around, known, datasets: [...datasets.keys()] });
  return { mappings: inNeedOrder(mappings), datasets, downs, scans: await scanFiles(reading, `${directory}/scan`, around.sources), examples: exampleFiles(asides, mappings, [...datasets.keys()]) };
}

/** Reads `scan/`; no record is made by it. */
async function scanFiles(reading: Reading, directory: string, sources: Around['sources']): Promise<readonly ScanList[]> {
  const roots = (await reading.asides(directory)).filter((root) => root !== undefined);
  return roots.map(scanFile(sources)).filter((scan) => scan !== undefined);
}

/** Reads `down/`: what the region issues, and what it means at the county. */
async function downFiles(reading: Reading, directory: string, around: Parameters<typeof downFile>[0]): Promise<readonly DownMapping[]> {
  const roots = (await reading.roots(directory)).filter((root) => root !== undefined);
  checkNames(roots, (root) => spotAt(root, 'resource'));
  return roots.map(downFile(around)).filter((down) => down !== undefined);
}

async function codeTables(reading: Reading, directory: string): Promise<Pick<Known, 'codes' | 'codesUnread'>> {
  const roots = await reading.roots(directory);
  const files = roots.map((root) => (root === undefined ? undefined : codeFile(root)));
  checkNames(roots.filter((root) => root !== undefined), (root) => spotAt(root, 'table'));
  const usable: readonly CodeFile[] = files.filter((file) => file !== undefined);
  return { codes: new Map(usable.map((file) => [file.table.table, file])), codesUnread: usable.length < files.length };
}

/** What a mapping file says of itself, before it is read properly. */
function glimpse(root: Spot, untimed: readonly string[]): readonly (readonly [string, KnownDataset])[] {
  const name = textAt(root, 'dataset');
  return name === undefined ? [] : [[name, { time: keysAt(root, 'from').includes('time') || untimed.includes(textAt(root, 'source') ?? ''), identity: keysAt(root).includes('identity') }]];
}

function checkNames(roots: readonly Spot[], nameOf: (root: Spot) => Spot): void {
  const met = new Set<string>();
  for (const root of roots) {
    const spot = nameOf(root);
    const name = textAt(spot);
    if (name !== undefined && met.has(name)) spot.mistake('NAME_TWICE', { name });
    if (name !== undefined) met.add(name);
  }
}

/** Datasets after those they need, otherwise by name: the order in which people read them too. */
function inNeedOrder(mappings: readonly DatasetMapping[]): readonly DatasetMapping[] {
  const met = new Set<DatasetMapping>();
  const ordered: DatasetMapping[] = [];
  const place = (mapping: DatasetMapping): void => {
    if (met.has(mapping)) return;
    met.add(mapping);
    const needed = mappings.find((one) => one.dataset === mapping.needs?.dataset);
    if (needed !== undefined) place(needed);
    ordered.push(mapping);
  };
  for (const mapping of mappings) place(mapping);
  return ordered;
}
