import { may, type Handlers } from '../asked.ts';
import type { Plans } from '../plans.ts';
import { Refusal } from '../refusal.ts';
import { errorOf } from '../reply.ts';
import type { World } from '../world.ts';
import { jobOf } from './jobs.ts';

/** Looking what a run would do. Administrators see the counts; what records say only who may see data, masked. */
export function planRoutes(world: World, plans: Plans): Handlers {
  return {
    reads: {
      getPlan: async (asked) => {
        const ticket = plans.ticket(String(asked.path['ticket']));
        if (ticket === null) throw new Refusal(404, 'PLAN_UNKNOWN');
        const { state, job, read, plan, failure } = ticket;
        return {
          json: {
            state, job, read, failure: failure === null ? null : errorOf(failure.code, failure.facts, asked.texts),
            plan: plan === null ? null : may(asked, 'data.read') ? plan : { ...plan, examples: [] },
          },
        };
      },
    },
    acts: {
      beginPlan: async (asked) => {
        const job = jobOf(asked, world);
        plans.checkFree();
        return { object: `job ${job.job}`, perform: async () => ({ status: 202, json: { ticket: plans.begin(job.job) } }) };
      },
    },
  };
}
