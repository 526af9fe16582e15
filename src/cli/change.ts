import type { ExitCode, Invocation } from './parts.ts';

/** `qilian demo change --seed N`: a day's life in the made-up county. */
export async function change({ parts, texts, dataDir, json }: Invocation, seed: number): Promise<ExitCode> {
  const summary = await parts.demo.change({ dataDir, seed });
  parts.out(json ? JSON.stringify(summary) : texts.say('cli.change.done', { seed, summary: JSON.stringify(summary) }));
  return 0;
}
