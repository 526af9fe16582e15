import { shallowRef, type ShallowRef } from 'vue';
import { refusalFrom, type Refusal } from './refusal.ts';

/** Something a person does, and how it stands. */
export interface Deed<Given> {
  readonly busy: ShallowRef<boolean>;
  readonly failure: ShallowRef<Refusal | null>;
  /** True when it was done; twice at once it is done once. */
  run(given: Given): Promise<boolean>;
}

/** Wraps what a button does: busy while it runs, and its refusal kept to be shown beside the button. */
export function useDeed<Given = void>(deed: (given: Given) => Promise<unknown>): Deed<Given> {
  const busy = shallowRef(false);
  const failure = shallowRef<Refusal | null>(null);
  return {
    busy, failure,
    async run(given) {
      if (busy.value) return false;
      busy.value = true;
      failure.value = null;
      try {
        await deed(given);
        return true;
      } catch (cause) {
        failure.value = refusalFrom(cause);
        return false;
      } finally {
        busy.value = false;
      }
    },
  };
}
