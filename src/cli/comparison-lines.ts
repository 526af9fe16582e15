import type { Comparison, Difference, KeptComparison } from '../record/comparison.ts';
import type { RepairPlan } from '../reconcile/repair-plan.ts';
import type { RunResult } from '../schedule/run-job.ts';
import { localTime } from './local-time.ts';
import type { Invocation } from './parts.ts';
import { tableLines } from './table.ts';

/** What a person reads of a comparison: the tables, the differences with their reasons, and what the region's way of comparing cannot show. */
export function comparisonLines(found: Comparison, { texts }: Pick<Invocation, 'texts'>, { limit }: { readonly limit: number }): readonly string[] {
  const say = (key: string, facts = {}): string => texts.say(`cli.compare.${key}`, facts);
  const heads = (...keys: readonly string[]): string[] => keys.map((key) => say(`head.${key}`));
  const { counts, requests, ms } = found;
  const verdict = found.equal === null ? 'notCompared' : found.equal ? 'equal' : 'unequal';
  return [
    ...tableLines(heads('table', 'ours', 'theirs'), found.tables.map((one) => [one.table, one.ours, one.theirs ?? say('untold')])),
    '',
    ...found.differences.slice(0, limit).flatMap((one) => differenceLines(one, { texts })),
    ...(found.differences.length > limit ? [say('more', { count: found.differences.length - limit })] : []),
    ...(found.groups.length === 0 ? [] : tableLines(heads('table', 'day', 'type', 'ours', 'theirs'), found.groups.slice(0, limit).map((one) => [one.table, one.day, one.type, one.ours, one.theirs]))),
    ...(found.groups.length > limit ? [say('more', { count: found.groups.length - limit })] : []),
    ...(found.onTheWay === 0 ? [] : [say('onTheWay', { count: found.onTheWay })]),
    ...(found.unknownDay === 0 ? [] : [say('unknownDay', { count: found.unknownDay })]),
    ...(found.uncompared.length === 0 || found.equal === null ? [] : [say('uncompared', { tables: found.uncompared.join('、') })]),
    say(verdict, { ...counts, groups: found.groups.length, requests, seconds: Math.round(ms / 100) / 10 }),
    say(`limits.${found.mode}`),
  ];
}

/** One difference, why, field by field, and where its whole walk is told. */
export function differenceLines(one: Difference, { texts }: Pick<Invocation, 'texts'>): readonly string[] {
  const say = (key: string, facts = {}): string => texts.say(`cli.compare.${key}`, facts);
  const why = say(`kind.${one.kind}`, { version: one.version ?? 0, copies: one.theirs.length });
  return [
    `${one.table} ${one.rowGuid}  ${why} → ${say(`mending.${one.mending}`)}${one.key === null ? `  ${say('nobody')}` : `  ${say('trace', { key: one.key })}`}`,
    ...(one.fields ?? []).map(({ field, ours, theirs }) => `  ${field}: ${String(ours ?? '—')} ≠ ${String(theirs ?? '—')}`),
  ];
}

/** What would be, or has been, sent to make both sides equal. */
export function repairLines(plan: RepairPlan, repaired: RunResult | null, { texts }: Pick<Invocation, 'texts'>): readonly string[] {
  const say = (key: string, facts = {}): string => texts.say(`cli.compare.repair.${key}`, facts);
  const { create, update, remove, person } = plan;
  if (create + update + remove + person === 0) return [];
  return [
    say('plan', { plan: plan.plan, create, update, remove, person }),
    ...(repaired === null ? [] : [say('done', { ...repaired.counts, state: texts.say(`cli.state.${repaired.state}`) })]),
    ...(repaired === null && plan.held ? [say('held', { records: plan.records, allowed: plan.allowed })] : []),
    ...(remove > 0 || plan.held ? [say('confirm', { dataset: plan.dataset, plan: plan.plan, remove })] : []),
    ...(person === 0 ? [] : [say('person', { person })]),
  ];
}

/** One line for each comparison that was kept. */
export function historyLines(kept: readonly KeptComparison[], { texts }: Pick<Invocation, 'texts'>, zone: number): readonly string[] {
  const say = (key: string): string => texts.say(`cli.compare.${key}`);
  if (kept.length === 0) return [say('neverCompared')];
  const heads = ['at', 'dataset', 'mode', 'verdict', 'ours', 'theirs', 'missing', 'extra', 'different', 'older', 'duplicate', 'onTheWay'].map((key) => say(`head.${key}`));
  const sum = (one: KeptComparison, side: 'ours' | 'theirs'): number => one.tables.reduce((all, table) => all + (table[side] ?? 0), 0);
  return tableLines(heads, kept.map((one) => [
    localTime(one.at, zone), one.dataset, one.mode, say(one.equal === null ? 'verdict.none' : one.equal ? 'verdict.equal' : 'verdict.unequal'),
    sum(one, 'ours'), one.mode === 'receipts' ? '—' : sum(one, 'theirs'),
    one.counts.missing, one.counts.extra, one.counts.different, one.counts.older, one.counts.duplicate, one.onTheWay]));
}
