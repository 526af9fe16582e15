import { parseArgs } from 'node:util';
import { Round } from './round.ts';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '2000' }, size: { type: 'string', default: 'small' }, seed: { type: 'string', default: '1' }, hours: { type: 'string', default: '4' } },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const wanted = Number(values.kills);
const round = new Round(Number(values.seed));
const began = performance.now();
const minutes = (): number => Math.round((performance.now() - began) / 6_000) / 10;

try {
  await round.begin(values.size);
  let done = 0;
  const orders = function* limited(): Generator<ReturnType<typeof round.orders> extends Generator<infer T> ? T : never> {
    for (const order of round.orders()) {
      if (done >= wanted || minutes() > Number(values.hours) * 60) return;
      yield order;
    }
  };
  const toll = await round.kill(orders(), (kills, what) => {
    done = kills;
    if (kills % 50 === 0) say(`${String(kills).padStart(6)} kills, ${minutes()} min, last ${what}`);
  });
  const verdict = await round.verdict();
  for (const [point, n] of [...toll.at].toSorted()) say(`${String(n).padStart(6)}  ${point}`);
  say(`\n${toll.kills} kills of the real process at ${toll.at.size} moments in ${minutes()} min; not reached in turn: ${toll.missed.length}`);
  for (const fault of [...toll.faults, ...verdict].slice(0, 20)) say(`  ${fault}`);
  say(toll.faults.length + verdict.length === 0 ? '0 lost, 0 twice' : `${toll.faults.length + verdict.length} faults`);
  process.exitCode = toll.faults.length + verdict.length === 0 && toll.kills >= wanted ? 0 : 1;
} finally {
  await round.rehearsal.end();
}
