import type { Lamp } from '../delivery/breaker.ts';
import type { Gateway } from '../schedule/gateway.ts';
import type { RunResult } from '../schedule/run-job.ts';
import { askedSources } from './asked-sources.ts';
import { openSite, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { progressOf } from './progress.ts';
import { tableLines } from './table.ts';

/** How long a run by hand waits for a region that does not answer. */
export const patienceMs = 90_000;

/** `qilian run <job>`: one run by hand, with its counts; with a plan that a person has confirmed, also beyond the guard. */
export async function run(invocation: Invocation, name: string, confirm?: string): Promise<ExitCode> {
  const site = await readSite(invocation, askedSources(invocation));
  const { gateway, close } = await openSite(invocation, site);
  try {
    const result = await runShown(invocation, gateway, { name, ...(confirm === undefined ? {} : { confirm }) });
    tellResult(invocation, name, result);
    tellLamp(invocation, gateway.lamp());
    return exitCodeOf(result);
  } finally {
    await close();
  }
}

/** Runs a job with its progress on the terminal. */
export async function runShown(invocation: Invocation, gateway: Gateway, { name, confirm }: { readonly name: string; readonly confirm?: string }): Promise<RunResult> {
  const job = gateway.site.jobs.find((one) => one.job === name);
  const progress = progressOf(invocation, job?.title ?? name);
  try {
    return await gateway.run(name, { signal: invocation.parts.signal, patienceMs, progress: progress.moved, ...(confirm === undefined ? {} : { confirm }) });
  } finally {
    progress.end();
  }
}

export function exitCodeOf(result: RunResult): ExitCode {
  switch (result.state) {
    case 'done': return 0;
    case 'pending': return 3;
    case 'stopped': return 130;
    case 'failed': case 'running': return 1;
  }
}

/** Why nothing goes out, when it does not. */
function tellLamp({ parts, texts, json }: Invocation, { state, held, reason }: Lamp): void {
  const code = held !== null ? 'BREAKER_HELD' : state !== 'closed' ? 'BREAKER_OPEN' : reason;
  if (code !== null && !json) parts.err(`${code} ${texts.sentence({ code })}`);
}

function tellResult({ parts, texts, json }: Invocation, name: string, result: RunResult): void {
  const { counts, state, failure } = result;
  if (json) {
    parts.out(JSON.stringify({ job: name, run: result.run, state, failure: failure?.code ?? null, ...counts }));
    return;
  }
  const heads = ['job', 'read', 'delivered', 'quarantined', 'same', 'pending', 'state'].map((key) => texts.say(`cli.head.${key}`));
  const row = [name, counts.read, counts.delivered, counts.quarantined, counts.same, counts.pending, texts.say(`cli.state.${state}`)];
  for (const line of tableLines(heads, [row])) parts.out(line);
  if (failure !== null) parts.err(`${failure.code} ${texts.sentence({ code: failure.code, facts: failure.facts })}`);
}
