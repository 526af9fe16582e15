import type { Answer } from './answer.ts';
import { control } from './control.ts';
import type { Call, Region } from './region.ts';

/** What the region answers to a call, healthy; null when nobody is left to answer. */
export function route(region: Region, call: Call): Answer | null | Promise<Answer | null> {
  return call.path.startsWith('/sim/') ? control(region, call) : region.player.answer(region, call);
}
