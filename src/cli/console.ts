import { readFileSync } from 'node:fs';
import type { ConsoleParts } from '../../console/server/world.ts';
import { strongCost } from '../../console/server/access/password.ts';
import type { Clock } from '../port/clock.ts';
import type { Lamp } from '../delivery/breaker.ts';
import { Failure } from '../record/failure.ts';
import type { ConsoleOptions, ConsoleWindow, Environment } from './parts.ts';

type StartConsole = (parts: ConsoleParts) => Promise<ConsoleWindow>;

/** Opens the console where the environment says; else on this machine only. */
export function openConsole(options: ConsoleOptions, clock: Clock, start: StartConsole): Promise<ConsoleWindow> {
  const { memory, log, env } = options;
  return start({
    port: options.port, host: (env['QILIAN_CONSOLE_HOST'] ?? '') || '127.0.0.1', names: (env['QILIAN_CONSOLE_NAMES'] ?? '').split(',').filter((name) => name !== ''), tls: certificateIn(env),
    site: options.site, clock, accounts: memory.accounts, alarms: memory.alarms, trail: memory.trail, holders: memory.holders, key: memory.key, hashingCost: strongCost,
    log: (code, facts) => log.warn(code, facts),
    read: options.read, duty: options.duty, timetable: options.timetable, plan: options.plan, changeCron: options.changeCron, surroundings: options.surroundings, workbench: options.workbench, office: options.office,
    lamp: options.lamp, sayGate: options.sayGate, ...(options.doors === undefined ? {} : { doors: options.doors }),
    ready: async () => void await options.read.totals(),
  });
}

function certificateIn(env: Environment): ConsoleParts['tls'] {
  const [cert = '', key = ''] = [env['QILIAN_CONSOLE_CERT'], env['QILIAN_CONSOLE_CERT_KEY']];
  if (cert === '' && key === '') return null;
  try {
    return { cert: readFileSync(cert), key: readFileSync(key) };
  } catch (cause) {
    throw new Failure('CONSOLE_CERTIFICATE', { reason: cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown' }, cause);
  }
}

/** The breaker's lamp with the moment since when it has not been closed, as far as somebody has looked. */
export function watchedLamp(lamp: () => Lamp, clock: Clock): ConsoleParts['lamp'] {
  let since: number | null = null;
  return () => {
    const { state, reason } = lamp();
    since = state === 'closed' ? null : since ?? clock.wallMs();
    return { state, since, reason };
  };
}
