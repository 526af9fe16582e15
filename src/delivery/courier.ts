import { bring, type Ending } from './bring.ts';
import type { Carried, CourierSetting } from './carried.ts';
import { isolate } from './isolate.ts';

/** Carries one batch to its end; of one that is refused as a whole, the bad record is sought out and the others go on. */
export async function carry(setting: CourierSetting, carried: Carried, start: 'push' | 'ask' = 'push'): Promise<Ending> {
  const brought = await bring(setting, carried, start);
  if (brought === 'settled') setting.serving.accepted();
  if (typeof brought === 'string') return brought;
  setting.serving.refused();
  return isolate(setting, carried, brought);
}
