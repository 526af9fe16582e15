import type { ExitCode, Invocation } from './parts.ts';

/** `qilian simulator`: the region, played for rehearsals, until somebody ends it. */
export async function simulator({ parts, texts, dataDir, profile }: Invocation, port: number): Promise<ExitCode> {
  const running = await parts.demo.startSimulator({ port, dataDir, play: profile ?? 'nmg' });
  parts.out(texts.say('cli.simulator.listening', { url: running.url }));
  await new Promise<void>((resolve) => {
    if (parts.signal.aborted) resolve();
    else parts.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await running.stop();
  return 0;
}
