import type { SetAside } from '../port/quality.ts';
import { asideAfter, groupsOf, type Group } from '../mending/groups.ts';
import type { Selection } from '../mending/selection.ts';
import { answerableOf } from '../quality/answerable.ts';
import { Failure } from '../record/failure.ts';
import { zoneMinutes } from '../schedule/gateway.ts';
import { localTime } from './local-time.ts';
import { lookInto, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { tableLines } from './table.ts';

/** A value of a county's column may be long; its beginning tells which is meant. */
const shownValue = 24;

/** `qilian quarantine list`: how many records each problem keeps back for whom, then the records, page by page. */
export async function quarantineList(invocation: Invocation, options: { selection: Selection; after: number; limit: number }): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const { selection, after, limit } = options;
  const site = await readSite(invocation);
  const store = lookInto(invocation, site);
  try {
    const answerable = answerableOf(site);
    const groups = await groupsOf(store, answerable, selection);
    const records = (await asideAfter(store, { selection, answerable, after, limit })).map(listed);
    if (json) {
      parts.out(JSON.stringify({ groups, records }));
      return 0;
    }
    if (groups.length === 0) parts.out(texts.say('cli.quarantine.empty'));
    for (const line of groupLines(groups, invocation)) parts.out(line);
    parts.out('');
    for (const one of records) {
      parts.out(`#${one.seq} ${one.dataset} ${one.key} ${localTime(one.keptAt, zoneMinutes(site.zone))} ${one.problems.map((problem) => problem.code).join(' ')}`);
    }
    const last = records.at(-1);
    if (last !== undefined && records.length === limit) parts.out(texts.say('cli.quarantine.more', { after: last.seq }));
    return 0;
  } finally {
    await store.close();
  }
}

/** A record without what it says. */
function listed({ seq, dataset, key, keptAt, problems }: SetAside): Pick<SetAside, 'seq' | 'dataset' | 'key' | 'keptAt' | 'problems'> {
  return { seq, dataset, key, keptAt, problems };
}

function groupLines(groups: readonly Group[], { texts }: Invocation): readonly string[] {
  if (groups.length === 0) return [];
  const shown = ({ field, value }: Group): string => {
    const short = value.length > shownValue ? `${value.slice(0, shownValue)}…` : value;
    return short === '' ? field : field === '' ? short : `${field} = ${short}`;
  };
  return tableLines(
    ['dataset', 'code', 'field', 'department', 'count', 'alone', 'meaning'].map((key) => texts.say(`cli.head.${key}`)),
    groups.map((one) => [one.dataset, one.code, shown(one), one.department ?? texts.say('cli.quality.nobody'), one.records, one.alone, texts.title(one.code)]),
  );
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
