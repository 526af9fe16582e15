import type { Store } from '../../src/port/store.ts';
import { bulletinStore } from './bulletins.ts';
import { comparisonStore } from './comparisons.ts';
import { deliveryStore } from './delivery.ts';
import type { Desk } from './desk.ts';
import { explainingStore } from './explaining.ts';
import { Fresh } from './fresh.ts';
import { gateStore } from './gates.ts';
import { inboundStore } from './inbound.ts';
import { intakeStore } from './intake.ts';
import { lookStore } from './look.ts';
import { mendingStore } from './mending.ts';
import { repairStore } from './repair.ts';
import { restStore } from './rest.ts';
import { missedStore } from './missed.ts';
import { retentionStore } from './retention.ts';
import { runStore } from './runs.ts';
import { shapeStore } from './shape.ts';

/** All that a process which writes does with the store, for each room of the engine that asks. */
export function sidesOf(desk: Desk): Omit<Store, 'close' | 'renewLease'> {
  const fresh = new Fresh();
  return {
    ...intakeStore(desk, fresh), ...deliveryStore(desk, fresh), ...runStore(desk), ...lookStore(desk), ...mendingStore(desk),
    ...explainingStore(desk), ...comparisonStore(desk), ...repairStore(desk), ...restStore(desk), ...retentionStore(desk), ...gateStore(desk), ...inboundStore(desk),
    ...missedStore(desk), ...shapeStore(desk), ...bulletinStore(desk),
  };
}
