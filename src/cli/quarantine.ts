import { Failure } from '../record/failure.ts';
import { zoneMinutes } from '../schedule/gateway.ts';
import { localTime } from './local-time.ts';
import { lookInto, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { tableLines } from './table.ts';

/** `qilian quarantine list`: how many records each problem keeps back, then the records, page by page. */
export async function quarantineList(invocation: Invocation, options: { dataset?: string; after: number; limit: number }): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const site = await readSite(invocation);
  const store = lookInto(invocation, site);
  try {
    const groups = await store.quarantineGroups();
    const records = await store.quarantine(options.dataset ?? null, options.after, options.limit);
    if (json) {
      parts.out(JSON.stringify({ groups, records }));
      return 0;
    }
    if (groups.length === 0) parts.out(texts.say('cli.quarantine.empty'));
    for (const line of groups.length === 0 ? [] : tableLines(
      ['dataset', 'code', 'field', 'count', 'meaning'].map((key) => texts.say(`cli.head.${key}`)),
      groups.map((one) => [one.dataset, one.code, one.value === '' ? one.field : `${one.field} = ${one.value}`, one.count, texts.title(one.code)]),
    )) parts.out(line);
    parts.out('');
    for (const one of records) {
      parts.out(`#${one.seq} ${one.dataset} ${one.key} ${localTime(one.keptAt, zoneMinutes(site.zone))} ${one.problems.map((problem) => problem.code).join(' ')}`);
    }
    const last = records.at(-1);
    if (last !== undefined && records.length === options.limit) parts.out(texts.say('cli.quarantine.more', { after: last.seq }));
    return 0;
  } finally {
    await store.close();
  }
}

/** `qilian quarantine show <number>`: one record's problems, and how to mend them. What was read is shown by field name only. */
export async function quarantineShow(invocation: Invocation, seq: number): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const site = await readSite(invocation);
  const store = lookInto(invocation, site);
  try {
    const found = await store.quarantinedChange(seq);
    if (found === null) throw new Failure('QUARANTINE_UNKNOWN', { number: seq });
    const { about } = found;
    if (json) {
      parts.out(JSON.stringify(about));
      return 0;
    }
    parts.out(`#${about.seq} ${about.dataset} ${about.key}  ${localTime(about.keptAt, zoneMinutes(site.zone))}`);
    for (const problem of about.problems) {
      parts.out(`  ${problem.code} ${[problem.table, problem.field].filter(Boolean).join('.')} ${texts.sentence(problem)}`);
      const rule = site.contract.rules.find((one) => one.id === problem.rule);
      if (rule !== undefined) parts.out(`    ${rule.sentence}（${rule.source}；${rule.owner}）`);
    }
    parts.out(texts.say('cli.quarantine.next', { dataset: about.dataset, key: about.key }));
    return 0;
  } finally {
    await store.close();
  }
}
