import type { Site } from '../config/site.ts';
import { decideConflict, type Deciding } from '../inbound/decide.ts';
import type { Conflict } from '../port/inbound.ts';
import type { Sink } from '../port/sink.ts';
import type { Store } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import { writtenMoment, zoneMinutes } from '../schedule/moment.ts';
import type { Parts } from './parts.ts';

/** Decides a conflict with the county opened for just that. */
export async function decideAtCounty({ parts, site, store }: { readonly parts: Parts; readonly site: Site; readonly store: Store }, deciding: Omit<Deciding, 'at'>): Promise<Conflict> {
  const sinks: Sink[] = [];
  const sinkOf = (name: string): Sink => {
    const setting = site.sinks[name];
    const sink = setting === undefined ? undefined : parts.openSink?.(setting);
    if (sink === undefined) throw new Failure('SINK_NOT_OFFERED', { sink: name, engine: setting?.engine ?? '' });
    sinks.push(sink);
    return sink;
  };
  try {
    return await decideConflict({ store, sinkOf, downs: site.downs, stamp: (wallMs, write) => writtenMoment(wallMs, zoneMinutes(site.zone), write) }, { ...deciding, at: parts.clock.wallMs() });
  } finally {
    for (const sink of sinks) await sink.close();
  }
}
