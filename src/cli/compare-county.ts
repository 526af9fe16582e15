import type { Site } from '../config/site.ts';
import { Failure } from '../record/failure.ts';
import { isReport, type ReportJob } from '../record/job.ts';
import { compareCounty, type CountyComparison } from '../schedule/compare-county.ts';
import { compileIntakes } from '../schedule/intakes.ts';
import { openCounty } from './county.ts';
import { lookInto } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { progressOf } from './progress.ts';
import { tableLines } from './table.ts';

/** `qilian compare <dataset> --county`: every row the county publishes held against the ledger; works while the service runs. */
export async function compareWithCounty(invocation: Invocation, site: Site, { names, limit }: { readonly names: readonly string[]; readonly limit: number }): Promise<ExitCode> {
  const { parts, json } = invocation;
  const compared: CountyComparison[] = [];
  for (const name of names) {
    const found = await comparedOf(invocation, site, name);
    if (found === null) return 130;
    compared.push({ ...found, differences: found.differences.slice(0, limit) });
    if (!json) for (const line of countyLines(found, invocation, { site, limit })) parts.out(line);
  }
  if (json) parts.out(JSON.stringify(names.length === 1 ? compared[0] : compared));
  return compared.every((one) => one.equal) ? 0 : 1;
}

async function comparedOf(invocation: Invocation, site: Site, name: string): Promise<CountyComparison | null> {
  const { parts } = invocation;
  const job = sweepOf(site, name);
  const intake = compileIntakes(site).of(name);
  if (job === undefined || intake === undefined) throw new Failure('SWEEP_MISSING', { dataset: name });
  const source = openCounty(invocation, site, intake.source);
  const store = lookInto(invocation, site);
  const progress = progressOf(invocation, job.title);
  try {
    const { selection, examine } = intake;
    return await compareCounty({ job, made: site.version, selection, examine, source, store }, {
      clock: parts.clock, goOn: async () => !parts.signal.aborted, progress: (read) => progress.moved({ read }),
    });
  } finally {
    progress.end();
    await source.close();
    await store.close();
  }
}

/** The job that reads every row; without one nothing would mend what is found. */
function sweepOf(site: Site, dataset: string): ReportJob | undefined {
  return site.jobs.filter(isReport).find((job) => job.dataset === dataset && job.mode === 'sweep');
}

function countyLines(found: CountyComparison, { texts }: Invocation, { site, limit }: { readonly site: Site; readonly limit: number }): readonly string[] {
  const say = (key: string, facts = {}): string => texts.say(`cli.compare.county.${key}`, facts);
  const { counts, read, plan, dataset, differences } = found;
  return [
    ...tableLines(['dataset', 'read', 'new', 'changed', 'gone', 'bad'].map((key) => say(`head.${key}`)), [[dataset, read, counts.new, counts.changed, counts.gone, counts.bad]]),
    ...differences.slice(0, limit).map((one) => `${one.key}  ${say(`kind.${one.kind}`)}`),
    ...(differences.length > limit ? [texts.say('cli.compare.more', { count: differences.length - limit })] : []),
    found.equal ? say('equal') : say('unequal', { job: sweepOf(site, dataset)?.job ?? '', plan }),
    '',
  ];
}
