import { regionGate } from '../port/gates.ts';
import { Failure } from '../record/failure.ts';
import { lookInto, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';

/** What a person says of a gate: whose word it is, and why. */
export interface GateOptions {
  readonly dataset?: string;
  readonly who: string;
  readonly why: string;
}

/** `qilian breaker hold|release`: shuts the way to the region, or lets a request through at once; a running service hears it within 30 s. */
export async function sayGate(invocation: Invocation, word: 'hold' | 'release', { dataset, who, why }: GateOptions): Promise<ExitCode> {
  const { parts, texts } = invocation;
  const site = await readSite(invocation);
  if (dataset !== undefined && !site.datasets.some((one) => one.dataset === dataset)) {
    throw new Failure('GATE_UNKNOWN', { gate: dataset, known: site.datasets.map((one) => one.dataset).join('、') });
  }
  await lookInto(invocation, site).close();
  const store = parts.openStoreToTell(site.store.file);
  try {
    await store.sayGate({ gate: dataset ?? regionGate, word, reason: why, by: who, at: parts.clock.wallMs() });
  } finally {
    await store.close();
  }
  parts.out(texts.say(`cli.gate.${word}`));
  return 0;
}
