import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { i18n } from '../language/language.ts';
import { markByItself } from './call.ts';
import { refusalFrom, type Refusal } from './refusal.ts';

/** One page of a list: its lines, and where the next begins; null at the end. */
export interface Page<Line> {
  readonly lines: readonly Line[];
  readonly next: number | null;
}

/** A list that grows by pages. */
export interface Paged<Line> {
  readonly lines: ShallowRef<readonly Line[]>;
  readonly next: ShallowRef<number | null>;
  readonly failure: ShallowRef<Refusal | null>;
  readonly loading: ShallowRef<boolean>;
  /** Whether a first page has been read since the last beginning. */
  readonly read: ShallowRef<boolean>;
  /** Reads from the beginning: for a new filter, or to see what is new. */
  begin(): Promise<void>;
  /** The same, because the page thinks it time: does not keep the session alive. */
  renew(): Promise<void>;
  more(): Promise<void>;
}

/** Reads a keyset-paged list; an answer to an earlier question that comes late is dropped. */
export function usePaged<Line>(read: (after: number | undefined, signal: AbortSignal) => Promise<Page<Line>>): Paged<Line> {
  const lines = shallowRef<readonly Line[]>([]);
  const next = shallowRef<number | null>(null);
  const failure = shallowRef<Refusal | null>(null);
  const loading = shallowRef(false);
  const done = shallowRef(false);
  let asking = new AbortController();

  const take = async (after: number | undefined, before: readonly Line[], byItself = false): Promise<void> => {
    asking.abort();
    const mine = (asking = new AbortController());
    if (byItself) markByItself(mine.signal);
    loading.value = true;
    try {
      const page = await read(after, mine.signal);
      if (mine.signal.aborted) return;
      lines.value = [...before, ...page.lines];
      next.value = page.next;
      failure.value = null;
      done.value = true;
    } catch (cause) {
      if (!mine.signal.aborted) failure.value = refusalFrom(cause);
    } finally {
      if (!mine.signal.aborted) loading.value = false;
    }
  };
  watch(i18n.global.locale, () => void (done.value && take(undefined, [], true)));
  onScopeDispose(() => asking.abort());
  return {
    lines, next, failure, loading, read: done,
    begin: () => take(undefined, []),
    renew: () => take(undefined, [], true),
    more: () => (next.value === null ? Promise.resolve() : take(next.value, lines.value)),
  };
}
