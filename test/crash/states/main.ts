import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededLuck } from '../../fakes/seeded-luck.ts';
import { replay } from './replay.ts';
import { canTrace, traced } from './traced.ts';

const { values } = parseArgs({ options: { states: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } } });
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const states = Number(values.states);

if (!canTrace()) {
  say('strace is missing or not allowed: nothing was proved');
  process.exitCode = 1;
} else {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'qilian-states-'));
  try {
    const full = round('full', states);
    const control = round('normal', Math.ceil(states / 10));
    const sound = full.corrupt.length + full.lost.length === 0;
    if (!sound) for (const fault of [...full.corrupt, ...full.lost].filter((line) => line !== '')) say(`  ${fault}`);
    if (control.lost.length === 0) say('the control has lost nothing: this proof shows nothing');
    process.exitCode = sound && control.lost.length > 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

  function round(synchronous: 'full' | 'normal', many: number): ReturnType<typeof replay> {
    const began = performance.now();
    const trace = traced(mkdtempSync(join(folder, `${synchronous}-`)), synchronous);
    const found = replay(trace, { states: many, folder: join(folder, 'state'), luck: seededLuck(Number(values.seed)) });
    const seconds = (performance.now() - began) / 1_000;
    say(`synchronous=${synchronous}: ${trace.steps.length} steps, ${many} crash states, ${found.lost.length} lost, ${found.corrupt.length} corrupt (${seconds.toFixed(1)} s, ${Math.round(many / seconds)} a second)`);
    return found;
  }
}
