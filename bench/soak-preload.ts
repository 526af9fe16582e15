/** Loaded into a service with `--import` and `--expose-gc`: says what the process holds when it is asked over its channel. */
import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a process holds after everything that can be let go has been let go, and how late its event loop was since it was last asked. */
export interface Held {
  readonly heapBytes: number;
  readonly rssBytes: number;
  readonly timers: number;
  readonly sockets: number;
  readonly openFiles: number;
  readonly lateP99Ms: number;
}

/** How often the loop is looked at, ms; each look counts this waiting too. */
const resolution = 10;
const loop = monitorEventLoopDelay({ resolution });
loop.enable();
process.on('message', () => {
  const lateP99Ms = Math.max(0, loop.percentile(99) / 1e6 - resolution);
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const held = process.getActiveResourcesInfo();
  const count = (kind: string): number => held.filter((one) => one === kind).length;
  process.send?.({ heapBytes: heapUsed + external, rssBytes: rss, timers: count('Timeout'), sockets: count('TCPSocketWrap'), openFiles: readdirSync('/proc/self/fd').length, lateP99Ms } satisfies Held);
  loop.reset();
});
// Whoever measures may be killed; then nobody is there to end the service.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
