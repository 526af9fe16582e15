import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { openSource } from '../../adapters/county-sqlite/source.ts';
import { openRegion } from '../../adapters/region-http/client.ts';
import { runProgram } from '../../src/cli/program.ts';
import { loadSite, type Loaded } from '../../src/config/load-site.ts';
import type { Clock } from '../../src/port/clock.ts';
import { terminal } from '../fakes/parts-in-memory.ts';
import type { Ended, Rehearsal } from './rehearsal.ts';

const clock: Clock = { wallMs: () => Date.now(), steadyMs: () => performance.now(), rest };

async function rest(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted !== true) await setTimeout(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}

/** Commands typed at a rehearsal's gateway, in this process: as `qilian` would do them, without starting a process for each. */
export function typed(rehearsal: Rehearsal): (...words: string[]) => Promise<Ended> {
  const sites = new Map<string, Promise<Loaded>>();
  return async (...words) => {
    const [out, err]: [string[], string[]] = [[], []];
    const { parts } = terminal({
      clock, luck: () => Math.random(), env: rehearsal.env, out: (line) => out.push(line), err: (line) => err.push(line),
      openSource: (setting) => openSource('file' in setting ? setting.file : '', clock),
      openRegion: (profile) => {
        if (profile.transport !== 'http') throw new Error('the rehearsal’s region is one over HTTP');
        return openRegion(profile, { clock, nonce: randomUUID });
      },
      loadSite: (options) => {
        const name = `${options.dir} ${options.env['QILIAN_REGION_URL'] ?? ''}`;
        const loaded = sites.get(name) ?? loadSite({ dir: options.dir, env: options.env });
        sites.set(name, loaded);
        return loaded;
      },
    });
    const code = await runProgram(parts, [...words, '--data', rehearsal.dataDir]);
    return { code, signal: null, out: out.join('\n'), err: err.join('\n') };
  };
}
