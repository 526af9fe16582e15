import { randomBytes } from 'node:crypto';
import { Failure } from '../../src/record/failure.ts';
import type { Plan } from '../../src/schedule/plan-job.ts';
import { Refusal } from './refusal.ts';

/** A plan under way, or what came of it. */
export interface PlanTicket {
  readonly job: string;
  state: 'running' | 'done' | 'failed';
  read: number;
  plan: Plan | null;
  failure: Failure | null;
}

const mostKept = 20;

/** Looking ahead takes a while: who asks gets a ticket, and comes back for the result. One at a time, for the county's sake. */
export class Plans {
  readonly #look: (job: string, how: { readonly signal: AbortSignal; readonly progress: (read: number) => void }) => Promise<Plan | null>;
  readonly #tickets = new Map<string, PlanTicket>();
  readonly #ending = new AbortController();

  constructor(look: (job: string, how: { readonly signal: AbortSignal; readonly progress: (read: number) => void }) => Promise<Plan | null>) {
    this.#look = look;
  }

  checkFree(): void {
    if ([...this.#tickets.values()].some((one) => one.state === 'running')) throw new Refusal(409, 'PLAN_UNDER_WAY');
  }

  begin(job: string): string {
    this.checkFree();
    const name = randomBytes(12).toString('hex');
    const ticket: PlanTicket = { job, state: 'running', read: 0, plan: null, failure: null };
    this.#tickets.set(name, ticket);
    for (const old of [...this.#tickets.keys()].slice(0, -mostKept)) this.#tickets.delete(old);
    void this.#work(ticket);
    return name;
  }

  ticket(name: string): PlanTicket | null {
    return this.#tickets.get(name) ?? null;
  }

  end(): void {
    this.#ending.abort();
  }

  async #work(ticket: PlanTicket): Promise<void> {
    try {
      ticket.plan = await this.#look(ticket.job, {
        signal: this.#ending.signal,
        progress: (read) => {
          ticket.read += read;
        },
      });
      ticket.state = ticket.plan === null ? 'failed' : 'done';
    } catch (cause) {
      ticket.failure = cause instanceof Failure ? cause : new Failure('UNFORESEEN', {}, cause);
      ticket.state = 'failed';
    }
  }
}
