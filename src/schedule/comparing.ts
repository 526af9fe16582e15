import type { Site } from '../config/site.ts';
import type { Contract } from '../contract/contract.ts';
import type { DatasetMapping } from '../mapping/dataset.ts';
import type { Clock } from '../port/clock.ts';
import type { ExplainingStore } from '../port/compare.ts';
import type { Digests, DigestSetting } from '../port/digests.ts';
import type { Region } from '../port/region.ts';
import type { LookStore } from '../port/store.ts';
import { compareRegion } from '../reconcile/compare.ts';
import { digestSettingOf } from '../reconcile/digest-setting.ts';
import type { Comparison } from '../record/comparison.ts';
import { Failure } from '../record/failure.ts';
import { isReport, usualGuard, type GuardSetting } from '../record/job.ts';

/** What comparing one dataset of a site is done with. */
export interface SiteComparing {
  readonly site: Site;
  readonly contract: Contract;
  readonly region: Pick<Region, 'counterpart'>;
  readonly openDigests: (storeFile: string, setting: DigestSetting) => Digests;
  readonly store: ExplainingStore & Pick<LookStore, 'acknowledged'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Compares one dataset with the region, as the site's profile says; a Failure `DATASET_UNKNOWN` for a name no mapping has. */
export async function compareDataset(comparing: SiteComparing, name: string): Promise<Comparison> {
  const { site, region, openDigests } = comparing;
  const dataset = datasetOf(site, name);
  const profile = site.profile.compare ?? { mode: 'receipts' };
  if (region.counterpart === undefined && profile.mode !== 'receipts') throw new Failure('COMPARE_NOT_OFFERED');
  const digests = openDigests(site.store.file, digestSettingOf(profile));
  try {
    return await compareRegion({ ...comparing, dataset, datasets: sharing(site, dataset), profile, digests, counterpart: region.counterpart ?? null });
  } finally {
    await digests.close();
  }
}

export function datasetOf(site: Site, name: string): DatasetMapping {
  const dataset = site.datasets.find((one) => one.dataset === name);
  if (dataset === undefined) throw new Failure('DATASET_UNKNOWN', { dataset: name, known: site.datasets.map((one) => one.dataset).join('、') });
  return dataset;
}

/** The datasets of a site, those that others need before them. */
export function inOrderOfNeed(site: Site): readonly DatasetMapping[] {
  const ordered: DatasetMapping[] = [];
  const place = (dataset: DatasetMapping): void => {
    if (ordered.includes(dataset)) return;
    const needed = site.datasets.find((one) => one.dataset === dataset.needs?.dataset);
    if (needed !== undefined && needed !== dataset && !ordered.includes(needed) && needed.needs?.dataset !== dataset.dataset) place(needed);
    ordered.push(dataset);
  };
  for (const dataset of site.datasets) place(dataset);
  return ordered;
}

/** How much may be mended without asking: as much as the dataset's jobs may change, the sweep's before others. */
export function guardOf(site: Site, dataset: string): GuardSetting {
  const jobs = site.jobs.filter(isReport).filter((job) => job.dataset === dataset);
  return (jobs.find((job) => job.mode === 'sweep') ?? jobs[0])?.guard ?? usualGuard;
}

/** All datasets that fill one of its tables. */
function sharing(site: Site, dataset: DatasetMapping): readonly string[] {
  const tables = new Set(dataset.records.map((record) => record.table));
  return site.datasets.filter((one) => one.records.some(({ table }) => tables.has(table))).map((one) => one.dataset);
}
