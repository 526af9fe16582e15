import { flagOf, numberOf } from './illness.ts';
import type { Call, Region } from './region.ts';

/** Waits as long as latency or a hang demands. False when the work must not be done any more: the caller left a region that hung, or the region is closing. */
export async function endured(region: Region, call: Call): Promise<boolean> {
  for (const illness of call.struck) {
    if (illness.kind === 'latency') await region.rest(numberOf(illness, 'ms', 1000));
    if (illness.kind === 'hang' && !flagOf(illness, 'commit', false)) {
      await call.gone;
      return false;
    }
  }
  return !region.closing();
}
