import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import { call } from '../../api/call.ts';
import type { PlanState } from '../../api/calls.ts';
import { refusalFrom, type Refusal } from '../../api/refusal.ts';

/** What a plan says, as far as pages show it. */
export interface PlanShown {
  readonly plan: string;
  readonly records: Readonly<Record<string, number>>;
  readonly tables: readonly { readonly table: string; readonly create: number; readonly update: number; readonly remove: number }[];
  readonly fields: readonly { readonly field: string; readonly count: number }[];
  readonly problems: readonly { readonly code: string; readonly field?: string; readonly table?: string; readonly severity: string; readonly count: number }[];
  readonly examples: readonly { readonly key: string; readonly table: string; readonly fields: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[] }[];
  readonly guard: { readonly held: boolean; readonly [fact: string]: unknown };
  readonly onTheWay: number;
  readonly duration: { readonly requests: number; readonly seconds: number | null; readonly perSecond: number | null; readonly runs: number };
}

const restMs = 700;

/** Asks for a plan and waits for it; leaving the page lets it be. */
export function usePlan(job: string): { readonly state: ShallowRef<PlanState | null>; readonly plan: ShallowRef<PlanShown | null>; readonly failure: ShallowRef<Refusal | null> } {
  const state = shallowRef<PlanState | null>(null);
  const plan = shallowRef<PlanShown | null>(null);
  const failure = shallowRef<Refusal | null>(null);
  const gone = new AbortController();
  onScopeDispose(() => gone.abort());

  const follow = async (): Promise<void> => {
    const { ticket } = await call('beginPlan', { path: { job } }, gone.signal);
    for (;;) {
      const now = await call('getPlan', { path: { ticket } }, gone.signal);
      state.value = now;
      if (now.state !== 'running') {
        plan.value = now.plan === null ? null : shown(now.plan);
        return;
      }
      await new Promise((done) => setTimeout(done, restMs));
      if (gone.signal.aborted) return;
    }
  };
  void follow().catch((cause: unknown) => {
    if (!gone.signal.aborted) failure.value = refusalFrom(cause);
  });
  return { state, plan, failure };
}

function shown(plan: NonNullable<PlanState['plan']>): PlanShown {
  return { ...plan, examples: plan.examples ?? [] } as unknown as PlanShown;
}
