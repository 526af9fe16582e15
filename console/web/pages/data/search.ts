import { reactive } from 'vue';
import { call } from '../../api/call.ts';
import type { EnvelopeState, FoundRecord } from '../../api/calls.ts';
import { usePaged, type Paged } from '../../api/paged.ts';

/** What is looked for; it travels in the body of a request, never in an address. */
export interface Wanted {
  dataset: string;
  by: 'any' | 'key' | 'identity' | 'holder';
  text: string;
  state: EnvelopeState | '';
}

// Outlives the page, so that coming back from a record finds the list as it was left; gone with the tab.
const wanted = reactive<Wanted>({ dataset: '', by: 'any', text: '', state: '' });

/** The last question, and the records it found. */
export function useSearch(): { readonly wanted: Wanted; readonly found: Paged<FoundRecord> } {
  const found = usePaged<FoundRecord>(async (after, signal) => {
    const { dataset, by, text, state } = wanted;
    const { records, next } = await call('searchRecords', {
      body: { text: text.trim(), by, ...(dataset === '' ? {} : { dataset }), ...(state === '' ? {} : { state }), ...(after === undefined ? {} : { after }), limit: 50 },
    }, signal);
    return { lines: records, next };
  });
  return { wanted, found };
}
