import { Failure } from '../record/failure.ts';
import { openSite, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';

/** `qilian resume <dataset>`: lets a dataset go on that rests because something did not hold that always must. */
export async function resume(invocation: Invocation, dataset: string, { who, why }: { readonly who: string; readonly why: string }): Promise<ExitCode> {
  if (who.trim() === '' || why.trim() === '') throw new Failure('WHO_AND_WHY');
  const { parts, texts } = invocation;
  const { store, log, close } = await openSite(invocation, await readSite(invocation));
  try {
    const resumed = await store.resume(dataset, { at: parts.clock.wallMs(), who: who.trim(), why: why.trim() });
    if (!resumed) throw new Failure('NOT_RESTING', { dataset });
    log.warn('RESUMED', { dataset });
    parts.out(texts.say('cli.status.resumed', { dataset }));
    return 0;
  } finally {
    await close();
  }
}
