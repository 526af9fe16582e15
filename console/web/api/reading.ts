import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';
import { i18n } from '../language/language.ts';
import type { Calls } from './calls.ts';
import { call, markByItself, type CallName } from './call.ts';
import { useEvery } from './every.ts';
import { refusalFrom, type Refusal } from './refusal.ts';

/** Something read from the server, and how the reading stands. */
export interface Reading<Value> {
  /** What was read last; stays while it is read again, and when that fails. */
  readonly value: ShallowRef<Value | null>;
  readonly failure: ShallowRef<Refusal | null>;
  readonly loading: ShallowRef<boolean>;
  /** Reads again because a person did something; an answer to an earlier reading that comes late is dropped. */
  again(): Promise<void>;
  /** Reads again because the page thinks it time: does not keep the session alive. */
  renew(): Promise<void>;
}

/** Reads at once, and again whenever asked, or every so many milliseconds while somebody looks at the page. */
export function useReading<Value>(read: (signal: AbortSignal) => Promise<Value>, everyMs = 0): Reading<Value> {
  const value = shallowRef<Value | null>(null);
  const failure = shallowRef<Refusal | null>(null);
  const loading = shallowRef(false);
  let asking = new AbortController();

  const ask = async (byItself: boolean): Promise<void> => {
    asking.abort();
    const mine = (asking = new AbortController());
    if (byItself) markByItself(mine.signal);
    loading.value = true;
    try {
      const got = await read(mine.signal);
      if (mine.signal.aborted) return;
      value.value = got;
      failure.value = null;
    } catch (cause) {
      if (!mine.signal.aborted) failure.value = refusalFrom(cause);
    } finally {
      if (!mine.signal.aborted) loading.value = false;
    }
  };
  const again = (): Promise<void> => ask(false);
  const renew = (): Promise<void> => ask(true);
  if (everyMs > 0) useEvery(everyMs, () => void renew());
  // Some sentences come with the answer: another language asks for another answer.
  watch(i18n.global.locale, () => void renew());
  onScopeDispose(() => asking.abort());
  void again();
  return { value, failure, loading, again, renew };
}

/** Reads one call; what it is given is asked for anew each time. */
export function useCall<Name extends CallName>(name: Name, given: () => Calls[Name]['given'], everyMs = 0): Reading<Calls[Name]['answer']> {
  return useReading((signal) => call(name, given(), signal), everyMs);
}
