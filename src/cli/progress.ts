import cliProgress from 'cli-progress';
import type { Invocation } from './parts.ts';

/** A run's progress as a person sees it: one line with counts and rates, or nothing where nobody looks. */
export interface Progress {
  readonly moved: (moved: { readonly read?: number; readonly sent?: number }) => void;
  end(): void;
}

export function progressOf({ parts, texts, json }: Invocation, label: string): Progress {
  if (json || !parts.terminal) return { moved: () => undefined, end: () => undefined };
  const began = parts.clock.steadyMs();
  const bar = new cliProgress.SingleBar({
    format: texts.say('cli.progress', { label }), hideCursor: true, clearOnComplete: false, fps: 5, noTTYOutput: false,
  });
  let read = 0;
  let sent = 0;
  bar.start(1, 0, { read, sent, rate: 0 });
  return {
    moved: (moved) => {
      read += moved.read ?? 0;
      sent += moved.sent ?? 0;
      const seconds = Math.max((parts.clock.steadyMs() - began) / 1000, 0.001);
      bar.update(0, { read, sent, rate: Math.round(sent / seconds) });
    },
    end: () => {
      bar.update(1);
      bar.stop();
    },
  };
}
