import type { Texts } from '../../../src/cli/texts.ts';
import { regionGate, type GateStanding, type GateWord } from '../../../src/port/gates.ts';
import { Failure } from '../../../src/record/failure.ts';
import { bodyOf, done, whoOf, type Act, type Asked, type Handlers } from '../asked.ts';
import { reasonText } from '../reason-text.ts';
import { Refusal } from '../refusal.ts';
import type { World } from '../world.ts';

/** How a gate stands, as pages show it. */
interface ShownGate {
  readonly gate: string;
  readonly title: string | null;
  /** `rests`: the gateway's own check failed, nothing is read or sent. */
  readonly state: 'open' | 'shut' | 'held' | 'rests';
  readonly since: number | null;
  readonly reason: string | null;
  readonly tryAt: number | null;
  readonly said: Omit<GateWord, 'gate'> | null;
}

/** The gates to the region: how they stand, and a person's word on one. */
export function gateRoutes(world: World): Handlers {
  const act = (word: GateWord['word']) => async (asked: Asked): Promise<Act> => {
    const name = String(asked.path['gate']);
    const all = await shownGates(world, asked.texts);
    const gate = all.find((one) => one.gate === name);
    if (gate === undefined) throw new Failure('GATE_UNKNOWN', { gate: name, known: all.map((one) => one.gate).join('、') });
    if (gate.state === 'rests' || gate.state === (word === 'hold' ? 'held' : 'open')) throw new Refusal(409, 'MOVED_ON');
    return {
      object: `gate ${name}`, before: { state: gate.state }, after: { word },
      perform: async () => {
        await world.sayGate({ gate: name, word, by: whoOf(asked).account.login, reason: bodyOf<{ readonly reason: string }>(asked).reason });
        return done;
      },
    };
  };
  return {
    reads: { listGates: async ({ texts }) => ({ json: { gates: await shownGates(world, texts) } }) },
    acts: {
      holdGate: act('hold'), releaseGate: act('release'),
      resumeDataset: async (asked) => {
        const dataset = String(asked.path['gate']);
        const resting = (await world.read.resting()).find((one) => one.dataset === dataset);
        if (resting === undefined) throw new Failure('NOT_RESTING', { dataset });
        return {
          object: `dataset ${dataset}`, before: { what: resting.what },
          perform: async () => {
            const { reason } = bodyOf<{ readonly reason: string }>(asked);
            if (!await world.office.resume(dataset, { who: whoOf(asked).account.login, why: reason })) throw new Failure('NOT_RESTING', { dataset });
            return done;
          },
        };
      },
    },
  };
}

/** The region's gate first, then those of the datasets that are sent; one that nobody ever shut is open. */
async function shownGates({ site, read }: World, texts: Texts): Promise<readonly ShownGate[]> {
  const [standings, words, resting] = [await read.gates(), await read.gateWords(), await read.resting()];
  return [{ gate: regionGate, title: null }, ...site().datasets.map(({ dataset, title }) => ({ gate: dataset, title }))].map((one) => {
    const rests = resting.find(({ dataset }) => dataset === one.gate);
    if (rests !== undefined) return { ...one, state: 'rests', since: rests.since, reason: rests.what, tryAt: null, said: null };
    const of = { standing: standings.find(({ gate }) => gate === one.gate), word: words.find(({ gate }) => gate === one.gate) };
    return { ...one, ...standOf(of, texts) };
  });
}

function standOf({ standing, word }: { readonly standing: GateStanding | undefined; readonly word: GateWord | undefined }, texts: Texts): Omit<ShownGate, 'gate' | 'title'> {
  const said = word === undefined ? null : { word: word.word, by: word.by, at: word.at, reason: word.reason };
  if (said?.word === 'hold') return { state: 'held', since: said.at, reason: said.reason, tryAt: null, said };
  if (standing?.state !== 'shut') return { state: 'open', since: null, reason: null, tryAt: null, said: null };
  const { since, reason, tryAt } = standing;
  return { state: 'shut', since, reason: reasonText(reason, texts), tryAt: tryAt === 0 ? null : tryAt, said: said !== null && said.at >= since ? said : null };
}
