import type { Site } from '../config/site.ts';
import { Failure } from '../record/failure.ts';
import { isReport } from '../record/job.ts';
import { compileIntakes } from '../schedule/intakes.ts';
import { planJob, type Plan } from '../schedule/plan-job.ts';
import { openCounty } from './county.ts';
import { lookAhead, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { progressOf } from './progress.ts';
import { tableLines } from './table.ts';

/** `qilian plan <job>`: what a run would do just now; nothing is kept and nothing sent. Works while the service runs. */
export async function plan(invocation: Invocation, name: string): Promise<ExitCode> {
  const { parts, json } = invocation;
  const site = await readSite(invocation);
  const progress = progressOf(invocation, site.jobs.find((one) => one.job === name)?.title ?? name);
  const found = await planOf(invocation, site, { name, signal: parts.signal, progress: (read) => progress.moved({ read }) }).finally(() => progress.end());
  if (found === null) return 130;
  if (json) parts.out(JSON.stringify(found));
  else for (const line of planLines(found, invocation)) parts.out(line);
  return 0;
}

/** What a run would do by the site as it is now; null when it was interrupted. */
export async function planOf(invocation: Invocation, site: Site, { name, signal, progress }: { readonly name: string; readonly signal: AbortSignal; readonly progress: (read: number) => void }): Promise<Plan | null> {
  const job = site.jobs.filter(isReport).find((one) => one.job === name);
  const intakes = compileIntakes(site);
  const intake = job === undefined ? undefined : intakes.of(job.dataset);
  if (job === undefined || intake === undefined) throw new Failure('JOB_UNKNOWN', { job: name, known: site.jobs.map((one) => one.job).join('、') });
  const source = openCounty(invocation, site, intake.source);
  const store = lookAhead(invocation, site);
  try {
    const { selection, examine } = intake;
    return await planJob({
      job, made: site.version, selection, examine, source, store, contract: intakes.contract, limits: site.profile.limits, signal,
      progress,
    });
  } finally {
    await source.close();
    await store.close();
  }
}

function planLines(found: Plan, { texts }: Invocation): readonly string[] {
  const { records, guard, duration } = found;
  const heads = (...keys: string[]): string[] => keys.map((key) => texts.say(`cli.head.${key}`));
  const section = (key: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ['', texts.say(`cli.plan.${key}`), ...lines]);
  const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): readonly string[] => (rows.length === 0 ? [] : tableLines(head, rows));
  return [
    ...tableLines(
      heads('job', 'read', 'create', 'update', 'delete', 'same', 'refuse', 'stillQuarantined'),
      [[found.job, records.read, records.create, records.update, records.delete, records.same + records.withdraw, records.refuse, records.stillQuarantined]]),
    ...section('tables', table(heads('table', 'create', 'update', 'delete'), found.tables.map((one) => [one.table, one.create, one.update, one.remove]))),
    ...section('fields', table(heads('field', 'count'), found.fields.slice(0, 20).map((one) => [one.field, one.count]))),
    ...section('examples', found.examples.flatMap((one) => [
      `${one.key}  ${one.table}`, ...one.fields.map(({ field, before, after }) => `  ${field}: ${String(before ?? '—')} → ${String(after ?? '—')}`),
    ])),
    ...section('problems', table(heads('code', 'field', 'severity', 'count', 'meaning'), found.problems.map((one) => [
      one.code, [one.table, one.field].filter(Boolean).join('.'), texts.say(`cli.severity.${one.severity}`), one.count, texts.title(one.code),
    ]))),
    '',
    ...(records.waiting === 0 ? [] : [texts.say('cli.plan.waiting', { count: records.waiting })]),
    ...(found.onTheWay === 0 ? [] : [texts.say('cli.plan.onTheWay', { count: found.onTheWay })]),
    duration.seconds === null || duration.perSecond === null
      ? texts.say('cli.plan.durationUnknown', { requests: duration.requests })
      : texts.say('cli.plan.duration', { requests: duration.requests, seconds: duration.seconds, perSecond: duration.perSecond, runs: duration.runs }),
    texts.say('cli.plan.name', { plan: found.plan }),
    ...(guard.held ? [texts.say('cli.plan.held', { ...guard, held: '', job: found.job, plan: found.plan })] : []),
  ];
}
