import { computed, shallowRef, type ComputedRef } from 'vue';
import { call } from '../api/call.ts';
import type { Overview } from '../api/calls.ts';
import { may, nameSite } from './session.ts';

type Dataset = Pick<Overview['datasets'][number], 'dataset' | 'title'>;

const known = shallowRef<readonly Dataset[]>([]);
let asking: Promise<void> | null = null;

/** The site's datasets with their titles, read once for all filters; empty for whoever may not see figures. */
export function useDatasets(): ComputedRef<readonly Dataset[]> {
  if (known.value.length === 0 && may('figures.read')) asking ??= read();
  return computed(() => known.value);
}

async function read(): Promise<void> {
  try {
    const { datasets, site } = await call('getOverview', {});
    nameSite(site);
    known.value = [...new Map(datasets.map((one) => [one.dataset, { dataset: one.dataset, title: one.title }])).values()];
  } catch {
    // A filter without titles is still a page; the page's own reading tells what is wrong.
  } finally {
    asking = null;
  }
}
