import { parseArgs } from 'node:util';
import { Round, type Toll } from './round.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '2000' }, rounds: { type: 'string', default: '2' }, size: { type: 'string', default: 'small' },
    seed: { type: 'string', default: '1' }, hours: { type: 'string', default: '4' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const wanted = Number(values.kills);
const began = performance.now();
const minutes = (): number => Math.round((performance.now() - began) / 6_000) / 10;
const enough = (): boolean => done >= wanted || minutes() > Number(values.hours) * 60;
let done = 0;

/** A gateway, a county and a region of its own, killed until all rounds together have had enough. */
async function play(seed: number): Promise<{ readonly toll: Toll; readonly verdict: readonly string[] }> {
  const round = new Round(seed);
  try {
    await round.begin(values.size);
    const toll = await round.kill(limited(round), (what) => {
      done += 1;
      if (done % 50 === 0) say(`${String(done).padStart(6)} kills, ${minutes()} min, last ${what}`);
    });
    return { toll, verdict: await round.verdict() };
  } finally {
    await round.rehearsal.end();
  }
}

/** An order that was not carried out does not count. */
function* limited(round: Round): ReturnType<Round['orders']> {
  for (const order of round.orders()) {
    if (enough()) return;
    yield order;
  }
}

const ended = await Promise.all(Array.from({ length: Number(values.rounds) }, (_, index) => play(Number(values.seed) + index)));
const at = new Map<string, number>();
for (const { toll } of ended) for (const [point, n] of toll.at) at.set(point, (at.get(point) ?? 0) + n);
for (const [point, n] of [...at].toSorted()) say(`${String(n).padStart(6)}  ${point}`);
const missed = ended.reduce((sum, { toll }) => sum + toll.missed.length, 0);
const faults = ended.flatMap(({ toll, verdict }) => [...toll.faults, ...verdict]);
say(`\n${done} kills of the real process at ${at.size} moments in ${minutes()} min, in ${ended.length} rounds; not reached in turn: ${missed}`);
for (const fault of faults.slice(0, 20)) say(`  ${fault}`);
say(faults.length === 0 ? '0 lost, 0 twice' : `${faults.length} faults`);
process.exitCode = faults.length === 0 && done >= wanted ? 0 : 1;
