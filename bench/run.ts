/**
 * `npm run bench`: the licence job of the gateway against the floor, alternately, each on a fresh data folder against a
 * fresh region. Ratios hold from machine to machine; absolute figures do not.
 *
 *     npm run bench -- --rounds 3 --size 50000
 *     npm run bench -- --only map        map + check + fingerprint alone, beside the same by hand
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBenchCounty } from './bench-county.ts';
import { mapFigures, type MapFigures } from './map.ts';
import { gatewayCommand, measure, type Usage } from './measured.ts';
import { sharesOf, statementsOf } from './profile.ts';
import { keys, startRegion } from './region-process.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    size: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '20221101' },
    only: { type: 'string', default: 'floor,gateway,map' },
    keep: { type: 'boolean', default: false },
  },
});
const asked = values.only.split(',');
const runners = asked.filter((name): name is Runner => name === 'floor' || name === 'gateway');
const work = mkdtempSync(join(tmpdir(), 'qilian-bench-'));

type Runner = 'floor' | 'gateway';

interface Result extends Usage {
  readonly runner: Runner;
  readonly atRegion: number;
}

interface Round {
  readonly county: string;
  readonly folder: string;
  readonly nodeOptions?: readonly string[];
  readonly more?: Readonly<Record<string, string>>;
}

try {
  const county = join(work, 'county.db');
  const { published: rows, fit } = await makeBenchCounty(county, { size: values.size, seed: Number(values.seed) });
  say(`${rows} licences published, ${fit} of them fit for the region; ${values.rounds} rounds; node ${process.version}`);
  if (asked.includes('map')) for (const figures of await mapFigures(county, Number(values.rounds) * 3)) say(mapLine(figures));
  const results: Result[] = [];
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    for (const runner of round % 2 === 1 ? runners : runners.toReversed()) {
      const result = await one(runner, { county, folder: join(work, `${runner}-${round}`) });
      results.push(result);
      if (result.atRegion !== fit) say(`round ${round} ${runner}: the region holds ${result.atRegion} licences and should hold ${fit}`);
      say(`round ${round} ${runner.padEnd(8)} ${line(result, rows)}`);
    }
  }
  for (const runner of runners) say(`median  ${runner.padEnd(8)} ${line(median(results.filter((result) => result.runner === runner)), rows)}`);
  if (runners.length === 2) compare(results);
  if (runners.includes('gateway')) await whereTimeGoes(county);
} finally {
  if (!values.keep) rmSync(work, { recursive: true, force: true });
}

async function one(runner: Runner, { county, folder, nodeOptions = [], more = {} }: Round): Promise<Result> {
  mkdirSync(folder, { recursive: true });
  copyFileSync(county, join(folder, 'county.db'));
  const region = await startRegion(join(folder, 'region'));
  const env = { ...keys, ...more, QILIAN_DATA: folder, QILIAN_REGION_URL: region.url };
  const command = runner === 'floor'
    ? [join(root, 'bench', 'floor.ts'), join(folder, 'county.db'), join(folder, 'outbox.db'), region.url]
    : gatewayCommand('run', 'licences', '--json');
  try {
    const { usage } = await measure({ command, env, folder, nodeOptions, good: [0] });
    return { runner, ...usage, atRegion: await region.end() };
  } catch (error) {
    await region.end();
    throw error;
  } finally {
    if (!values.keep) for (const file of readdirSync(folder)) if (!/\.(?:cpuprofile|statements)$/.test(file)) rmSync(join(folder, file), { recursive: true, force: true });
  }
}

function compare(results: readonly Result[]): void {
  const floor = median(results.filter((result) => result.runner === 'floor'));
  const gateway = median(results.filter((result) => result.runner === 'gateway'));
  const ratio = (name: 'cpuMs' | 'wallMs' | 'peakRssMiB'): string => (gateway[name] / floor[name]).toFixed(2);
  say(`gateway ÷ floor   CPU ${ratio('cpuMs')}   wall ${ratio('wallMs')}   peak memory ${ratio('peakRssMiB')}`);
}

async function whereTimeGoes(county: string): Promise<void> {
  const folder = join(work, 'profiled');
  const statements = join(folder, 'sql.statements');
  await one('gateway', { county, folder, more: { BENCH_STATEMENTS: statements }, nodeOptions: ['--import', join(root, 'bench', 'profile-preload.ts'), '--cpu-prof', `--cpu-prof-dir=${folder}`] });
  const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile'));
  if (file === undefined) throw new Error('no profile was written');
  const shares = sharesOf(join(folder, file), root).filter(({ room }) => room !== 'idle');
  const total = shares.reduce((sum, share) => sum + share.ms, 0);
  say('\nwhere the gateway’s own time goes');
  for (const { room, ms } of shares.filter((share) => share.ms / total >= 0.005)) {
    say(`  ${room.padEnd(24)} ${(ms / total * 100).toFixed(1).padStart(5)} %  ${ms.toFixed(0).padStart(7)} ms`);
  }
  say('\nSQL statements by time (waits for the disk included)');
  for (const { sql, ms, calls } of statementsOf(statements, 10)) {
    say(`  ${ms.toFixed(0).padStart(7)} ms ${String(calls).padStart(7)} calls  ${sql.replace(/\s+/g, ' ').trim().slice(0, 100)}`);
  }
}

function median(results: readonly Result[]): Result {
  const middle = (name: 'cpuMs' | 'wallMs' | 'peakRssMiB'): number => {
    const sorted = results.map((result) => result[name]).toSorted((a, b) => a - b);
    return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2;
  };
  const [first] = results;
  if (first === undefined) throw new Error('nothing was measured');
  return { ...first, cpuMs: middle('cpuMs'), wallMs: middle('wallMs'), peakRssMiB: middle('peakRssMiB') };
}

function line(result: Result, rows: number): string {
  const cpu = (result.cpuMs * 1000 / rows).toFixed(1).padStart(6);
  const rate = Math.round(rows / result.wallMs * 1000).toLocaleString('en-US').padStart(7);
  return `CPU ${cpu} µs/record   ${rate} records/s   wall ${(result.wallMs / 1000).toFixed(2).padStart(6)} s   peak ${result.peakRssMiB.toFixed(0).padStart(4)} MiB`;
}

function mapLine({ dataset, changes, gateway, byHand, ratio }: MapFigures): string {
  const rate = (speed: number): string => Math.round(speed).toLocaleString('en-US').padStart(8);
  return `map + check + fingerprint  ${dataset.padEnd(9)} ${changes} rows   gateway ${rate(gateway)} records/s   by hand ${rate(byHand)} records/s   ratio ${ratio.toFixed(2)}`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
