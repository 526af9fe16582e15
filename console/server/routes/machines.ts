import type { Handlers } from '../asked.ts';
import type { Measured } from '../metrics.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';

/** What machines ask: whether it lives, whether it can work, and how it is described. */
export function machineRoutes({ clock, ready, trail, description, log }: World, measured: Measured): Handlers {
  return {
    reads: {
      getHealth: async () => ({ json: { ok: true, at: clock.wallMs() } }),
      getReadiness: async () => {
        await ready().catch((cause: unknown) => {
          log('STORE_UNREADABLE', { reason: cause instanceof Error ? cause.name : 'unknown' });
          throw new Refusal(503, 'STORE_UNREADABLE');
        });
        if (!trail.well()) throw new Refusal(503, 'AUDIT_UNWRITTEN', { reason: '—' });
        return { json: { ok: true, at: clock.wallMs() } };
      },
      getMetrics: async () => ({ bytes: await measured.text(), type: measured.type }),
      getDescription: async () => ({ json: description.document }),
    },
  };
}
