import type { Site } from '../config/site.ts';
import { compileContract } from '../contract/contract.ts';
import { mustBeOpen } from '../delivery/standing-gate.ts';
import { approved, planRepair, type RepairPlan } from '../reconcile/repair-plan.ts';
import type { Comparison } from '../record/comparison.ts';
import { Failure } from '../record/failure.ts';
import { compareDataset, datasetOf, guardOf, inOrderOfNeed } from '../schedule/comparing.ts';
import { zoneMinutes, type Gateway } from '../schedule/gateway.ts';
import type { RunResult } from '../schedule/run-job.ts';
import { compareWithCounty } from './compare-county.ts';
import { comparisonLines, historyLines, repairLines } from './comparison-lines.ts';
import { lookInto, openSite, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { exitCodeOf, patienceMs } from './run.ts';

/** What a person asked of a comparison. */
export interface CompareOptions {
  readonly limit: number;
  readonly repair?: string;
  readonly confirm?: string;
  /** By whose order it is repaired, and why; kept with the run. */
  readonly who?: string;
  readonly why?: string;
  readonly history: boolean;
  readonly county: boolean;
}

/** One dataset compared, and what was done about it. */
interface Compared {
  readonly found: Comparison;
  readonly plan: RepairPlan | null;
  readonly repaired: RunResult | null;
  /** The comparison after the repair. */
  readonly after: Comparison | null;
}

/** `qilian compare [dataset]`: what the region has held against what it acknowledged; with `--repair apply` what differs is sent again. */
export async function compare(invocation: Invocation, name: string | undefined, options: CompareOptions): Promise<ExitCode> {
  if (options.repair !== undefined && options.repair !== 'plan' && options.repair !== 'apply') throw new Failure('REPAIR_WORD', { word: options.repair });
  const site = await readSite(invocation);
  if (options.history) return history(invocation, site, { name, options });
  const names = name === undefined ? inOrderOfNeed(site).map((one) => one.dataset) : [datasetOf(site, name).dataset];
  if (options.county) return compareWithCounty(invocation, site, { names, limit: options.limit });
  const compared = options.repair === 'apply' ? await repairAll(invocation, site, { names, options }) : await lookAtAll(invocation, site, { names, options });
  tell(invocation, compared, { one: name !== undefined, limit: options.limit });
  return Math.max(...compared.map(codeOf)) as ExitCode;
}

interface Order {
  readonly names: readonly string[];
  readonly options: CompareOptions;
}

/** Works while the service runs. */
async function lookAtAll(invocation: Invocation, site: Site, { names, options }: Order): Promise<readonly Compared[]> {
  const { parts } = invocation;
  const store = lookInto(invocation, site);
  const region = parts.openRegion(site.profile);
  try {
    mustBeOpen({ gates: await store.gates(), words: await store.gateWords(), at: parts.clock.wallMs() });
    const compared: Compared[] = [];
    for (const name of names) {
      const found = await compareDataset({ site, contract: compileContract(site.contract), region, openDigests: parts.openDigests, store, clock: parts.clock, signal: parts.signal }, name);
      const plan = options.repair === undefined ? null : planRepair(found, { guard: guardOf(site, name), atRegion: await store.atRegion(name) });
      compared.push({ found, plan, repaired: null, after: null });
    }
    await keep(invocation, site, compared);
    return compared;
  } finally {
    await region.close();
    await store.close();
  }
}

/** A gateway that runs may hold the store meanwhile. */
async function keep({ parts }: Invocation, site: Site, compared: readonly Compared[]): Promise<void> {
  const store = parts.openStoreToTell(site.store.file);
  try {
    for (const { found } of compared) await store.keepComparison(found);
  } finally {
    await store.close();
  }
}

/** The last comparisons, the newest first: how both sides have stood to each other. */
async function history(invocation: Invocation, site: Site, { name, options }: { readonly name: string | undefined; readonly options: CompareOptions }): Promise<ExitCode> {
  const { parts, json } = invocation;
  const store = lookInto(invocation, site);
  try {
    const kept = await store.comparisons(name === undefined ? null : datasetOf(site, name).dataset, options.limit);
    if (json) parts.out(JSON.stringify(kept));
    else for (const line of historyLines(kept, invocation, zoneMinutes(site.zone))) parts.out(line);
    return 0;
  } finally {
    await store.close();
  }
}

/** Datasets that others need are mended before them. */
async function repairAll(invocation: Invocation, site: Site, { names, options }: Order): Promise<readonly Compared[]> {
  const { signal } = invocation.parts;
  const { gateway, store, close } = await openSite(invocation, site);
  try {
    const compared: Compared[] = [];
    for (const name of names) {
      const found = await gateway.compare(name, signal);
      const plan = planRepair(found, { guard: guardOf(site, name), atRegion: await store.atRegion(name) });
      compared.push({ found, plan, ...await repairOne(gateway, { found, plan, options, signal }) });
    }
    return compared;
  } finally {
    await close();
  }
}

async function repairOne(gateway: Gateway, about: { readonly found: Comparison; readonly plan: RepairPlan; readonly options: CompareOptions; readonly signal: AbortSignal }): Promise<Pick<Compared, 'repaired' | 'after'>> {
  const { found, plan, options, signal } = about;
  const differences = approved(found, plan, options.confirm);
  if (differences.length === 0) return { repaired: null, after: null };
  const repaired = await gateway.repair(found.dataset, differences, { signal, patienceMs, progress: () => undefined, ...deedOf(options) });
  return { repaired, after: await gateway.compare(found.dataset, signal) };
}

function deedOf({ who = '', why = '' }: CompareOptions): { readonly deed?: { readonly who: string; readonly why: string } } {
  return who === '' && why === '' ? {} : { deed: { who, why } };
}

function codeOf({ found, repaired, after }: Compared): ExitCode {
  if (repaired !== null && repaired.state !== 'done') return exitCodeOf(repaired);
  return (after ?? found).equal === false ? 1 : 0;
}

function tell(invocation: Invocation, compared: readonly Compared[], { one, limit }: { readonly one: boolean; readonly limit: number }): void {
  const { parts, json } = invocation;
  const shortened = (found: Comparison): Comparison => ({ ...found, differences: found.differences.slice(0, limit) });
  if (json) {
    const told = compared.map(({ found, plan, repaired, after }) => ({
      ...shortened(found), ...(plan === null ? {} : { repair: plan }),
      ...(repaired === null ? {} : { repaired: { run: repaired.run, state: repaired.state, failure: repaired.failure?.code ?? null, ...repaired.counts } }),
      ...(after === null ? {} : { after: shortened(after) }),
    }));
    parts.out(JSON.stringify(one ? told[0] : told));
    return;
  }
  for (const { found, plan, repaired, after } of compared) {
    for (const line of comparisonLines(found, invocation, { limit })) parts.out(line);
    if (plan !== null) for (const line of repairLines(plan, repaired, invocation)) parts.out(line);
    if (after !== null) for (const line of comparisonLines(after, invocation, { limit })) parts.out(line);
    parts.out('');
  }
}
