import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSeq, parse, parseDocument, Scalar } from 'yaml';
import type { CodeLine } from '../../console/server/workbench.ts';
import { filesUnder } from '../config/files.ts';
import type { Site } from '../config/site.ts';
import { Failure } from '../record/failure.ts';
import type { Invocation } from './parts.ts';

/** The site as it would be with further lines in its code tables. */
export function withCodes(site: Site, codes: readonly CodeLine[]): Site {
  const datasets = site.datasets.map((one) => ({
    ...one,
    codes: Object.fromEntries(Object.entries(one.codes).map(([name, table]) => [name, {
      ...table, entries: [...table.entries, ...codes.filter((line) => line.table === name).map(({ from, to }) => ({ from, to, county: from, region: to }))],
    }])),
  }));
  return codes.length === 0 ? site : { ...site, datasets };
}

/**
 * The code tables' files with the further lines, comments and all, for writing. Throws a Failure with the first mistake
 * when the site would be wrong with them: nothing is written that would not be taken.
 */
export async function codeFiles({ parts, siteDir, env }: Invocation, site: Site, codes: readonly CodeLine[]): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const county = String((parse(readFileSync(join(siteDir, 'gateway.yaml'), 'utf8')) as { readonly county: unknown }).county);
  const changed = new Map([...Map.groupBy(codes, (one) => one.table)].map(([table, lines]) => {
    const path = `mappings/county/${county}/codes/${table}.yaml`;
    return [path, withLines(join(siteDir, path), lines, site)] as const;
  }));
  const disk = filesUnder(siteDir);
  const loaded = await parts.loadSite({ dir: siteDir, env, files: { list: disk.list, read: async (path) => changed.get(path) ?? disk.read(path) } });
  const [first] = 'mistakes' in loaded ? loaded.mistakes : [];
  if (first !== undefined) throw new Failure(first.code, { ...first.facts, file: first.file, line: first.line });
  return [...changed].map(([path, text]) => ({ file: join(siteDir, path), text }));
}

function withLines(file: string, lines: readonly CodeLine[], site: Site): string {
  const [first] = lines;
  const table = first === undefined ? undefined : site.datasets.map((one) => one.codes[first.table]).find((one) => one !== undefined);
  if (first === undefined || table === undefined) throw new Failure('CODE_TABLE_UNKNOWN', { table: first?.table ?? '—' });
  const twice = lines.find(({ from }) => table.entries.some((one) => one.from === from));
  if (twice !== undefined) throw new Failure('CODE_MAPPED_ALREADY', { table: first.table, value: twice.from });
  const document = parseDocument(readFileSync(file, 'utf8'));
  const entries = document.get('entries');
  if (!isSeq(entries)) throw new Failure('CODE_TABLE_UNKNOWN', { table: first.table });
  for (const { from, to } of lines) {
    const region = table.entries.find((one) => one.to === to)?.region ?? to;
    entries.add(document.createNode({ from: quoted(from), county: quoted(from), to: quoted(to), region: quoted(region) }, { flow: true }));
  }
  return document.toString({ lineWidth: 0 });
}

/** In quotes, so that 007 stays 007. */
function quoted(text: string): Scalar<string> {
  const scalar = new Scalar(text);
  scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}
