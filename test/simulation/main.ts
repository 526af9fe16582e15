import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { playApart, playTogether } from './crew.ts';
import { mutantNamed, mutants } from './mutants/all.ts';
import type { Tally } from './play.ts';
import { simulate } from './simulate.ts';
import { neverMet, wanted } from './sometimes.ts';
import { Stage } from './stage.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' }, from: { type: 'string', default: '1' }, seed: { type: 'string' },
    mutant: { type: 'string' }, mutants: { type: 'boolean', default: false }, workers: { type: 'string', default: String(Math.min(2, availableParallelism())) },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seeds = Number(values.seeds);
const from = Number(values.from);
const workers = Number(values.workers);

if (values.seed !== undefined) process.exitCode = await tellOne(Number(values.seed), values.mutant);
else if (values.mutants) process.exitCode = await findAll();
else process.exitCode = await playMany(values.mutant);

/** One seed, line by line. */
async function tellOne(seed: number, mutant?: string): Promise<number> {
  const stage = new Stage(mutantNamed(mutant));
  const outcome = await simulate(stage, seed, true);
  await stage.end();
  for (const line of outcome.story) say(line.length > 400 ? `${line.slice(0, 400)} …` : line);
  say(`\nseed ${seed}  trace ${outcome.hash}  ${outcome.breaches.length === 0 ? 'nothing wrong' : `${outcome.breaches.length} breaches`}`);
  for (const breach of outcome.breaches) say(`  ${breach}`);
  return outcome.breaches.length === 0 ? 0 : 1;
}

async function playMany(mutant?: string): Promise<number> {
  const began = performance.now();
  const tally = await playTogether({ from, seeds, untilFound: false, ...(mutant === undefined ? {} : { mutant }) }, workers);
  const seconds = (performance.now() - began) / 1000;
  for (const state of wanted) say(`${String(tally.met.get(state) ?? 0).padStart(8)}  ${state}`);
  say(`\n${tally.played} histories in ${seconds.toFixed(1)} s (${(tally.played / seconds).toFixed(0)} a second, ${workers} workers), trace ${tally.hash}`);
  return told(tally, mutant);
}

function told({ failed, met, played }: Tally, mutant?: string): number {
  for (const { seed, breaches } of failed.slice(0, 10)) {
    say(`\nseed ${seed}: ${breaches[0] ?? ''}\n  npm run simulate -- --seed ${seed}${mutant === undefined ? '' : ` --mutant ${mutant}`}`);
  }
  const missing = played >= 2_000 ? neverMet(met) : [];
  for (const state of missing) say(`never reached: ${state}`);
  say(failed.length === 0 ? 'no breach' : `${failed.length} seeds with a breach`);
  return failed.length + missing.length === 0 ? 0 : 1;
}

/** Plants one bug after the other and looks for it. */
async function findAll(): Promise<number> {
  const left = mutants.map((one) => one.name);
  const found = new Map<string, Tally>();
  const work = async (): Promise<void> => {
    for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
      const tally = await playApart({ from, seeds, step: 1, mutant, untilFound: true });
      found.set(mutant, tally);
      say(`${tally.failed.length > 0 ? String(tally.played).padStart(7) : '  never'}  ${mutant}  ${tally.failed[0]?.breaches[0]?.split('\n')[0]?.slice(0, 110) ?? ''}`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  say('\n| planted bug | what it does wrong | seeds needed |\n|---|---|---|');
  for (const { name, says } of mutants) say(`| \`${name}\` | ${says} | ${(found.get(name)?.failed.length ?? 0) > 0 ? found.get(name)?.played : `not within ${seeds}`} |`);
  return [...found.values()].every((tally) => tally.failed.length > 0) ? 0 : 1;
}
