import { forecast } from '../../src/intake/forecast.ts';
import type { Store } from '../../src/port/store.ts';
import { characterOf, type Character } from './character.ts';
import type { Dataset } from './county.ts';
import { Dice } from './dice.ts';
import { Gateway, type SiteSetting } from './gateway.ts';
import { Life, type Aimed, type Incident } from './life.ts';
import { Notes } from './notes.ts';
import { Oracle } from './oracle.ts';
import { People } from './people.ts';
import { ModelRegion } from './region.ts';
import { RegionRows } from './region-rows.ts';
import type { Stage } from './stage.ts';
import { weatherOf } from './weather.ts';
import { Witness } from './witness.ts';

export const datasets: readonly Dataset[] = ['items', 'cases'];

/** Where something becomes durable, or goes out. */
const steps = ['store.keep', 'store.write', 'store.settle', 'store.finish', 'store.noteAttempt', 'store.endRun', 'region.push', 'region.ask', 'source.sweep'];

/** Thrown to end a history in which something has been found; what, is in the notes. */
class Found extends Error {}

/** How one run went. */
export type Ran =
  | { readonly how: 'crashed' }
  | { readonly how: 'ended'; readonly state: string; readonly failure: string | null };

/** Everything that happens in one seed, before its quiet end. */
export class History {
  readonly dice: Dice;
  readonly character: Character;
  readonly notes: Notes;
  readonly oracle = new Oracle();
  readonly rows: RegionRows;
  readonly region: ModelRegion;
  readonly people: People;
  readonly stage: Stage;
  readonly witness: Witness;
  gateway!: Gateway;
  site: SiteSetting;
  #life!: Life;
  #countyOffMs = 0;
  #lateShare = 0;

  constructor(stage: Stage, seed: number, telling = false) {
    this.stage = stage;
    this.dice = new Dice(seed);
    this.notes = new Notes(telling);
    this.character = characterOf(this.dice);
    this.#lateShare = this.character.lateShare;
    const { time, memory } = stage;
    stage.begin();
    this.rows = new RegionRows(this.oracle, this.notes);
    const written = memory.desk.database.prepare(`select digest from batch where no = ? and state = 'open'`);
    this.region = new ModelRegion({ rows: this.rows, time, dice: this.dice.fork(), notes: this.notes, writtenDown: (no) => (written.get(no) as { digest: string } | undefined)?.digest });
    this.people = new People({ county: stage.county, oracle: this.oracle, character: this.character, dice: this.dice.fork(), notes: this.notes, nowMs: () => time.now + this.#countyOffMs });
    this.witness = new Witness({ notes: this.notes, database: memory.desk.database, equations: stage.equations });
    this.site = this.#someSite();
    this.notes.tell(JSON.stringify(this.character));
  }

  /** Starts the gateway's first process. */
  async begin(): Promise<void> {
    await this.#start();
  }

  async events(): Promise<void> {
    const { character, dice } = this;
    for (let index = 0; index < character.events; index += 1) {
      this.people.settle(0);
      await this.#event();
      this.check();
      const ms = Math.floor(character.paceMs * (0.1 + dice.luck() * 2)) + 2_000;
      this.people.settle(ms);
      await this.stage.time.pass(ms);
    }
    this.people.settle(0, true);
    await this.stage.time.pass(120_000);
  }

  /** From now on everybody is well and nothing jumps. */
  quieten(): void {
    this.#lateShare = 0;
    this.stage.offMs = 0;
    this.#countyOffMs = 0;
    this.region.weather = { kinds: [], share: 0, latencyMs: 20 };
  }

  check(): void {
    if (this.notes.breaches.length > 0) throw new Found();
  }

  async #event(): Promise<void> {
    const { dice, character, stage, notes } = this;
    switch (dice.weighted({ people: 6, run: 7, weather: 2, site: 1, restart: 0.5, jump: character.clockJumps ? 1 : 0 })) {
      case 'people': return this.people.work();
      case 'weather':
        this.region.weather = weatherOf(dice, character.kinds);
        return;
      case 'site':
        this.site = this.#someSite();
        return;
      case 'restart': return this.#restart();
      case 'jump': {
        const jumps = [-86_400_000 * 3, -3_600_000, 3_600_000, 86_400_000 * 2];
        stage.offMs = dice.chance(0.3) ? 0 : dice.pick(jumps);
        if (character.trust === 'sweep' && character.untold) this.#countyOffMs = dice.chance(0.4) ? 0 : dice.pick(jumps);
        notes.sometimes('a clock jumps');
        notes.tell(`clocks ${stage.offMs} ${this.#countyOffMs}`);
        return;
      }
      case 'run': {
        const ran = await this.run(dice.chance(0.4) ? 'items' : 'cases', dice.chance(character.sweepShare) ? 'sweep' : 'changes');
        if (ran.how === 'ended' && ran.failure === 'GUARD_HELD' && dice.chance(0.5)) await this.confirm(dice.pick(datasets), dice.pick(['changes', 'sweep']));
      }
    }
  }

  /** One run, in which anything may happen; with a plan a person has confirmed it. */
  async run(dataset: Dataset, mode: 'changes' | 'sweep', calm?: { readonly confirm?: string }): Promise<Ran> {
    const { notes, stage, dice } = this;
    const ending = new AbortController();
    if (calm === undefined) this.#life.plan(this.#incidents(ending), this.#aimed());
    else this.#life.plan(new Map());
    notes.tell(`${stage.time.now} run ${dataset} ${mode} ${JSON.stringify(this.site)}`);
    const run = this.gateway.run({
      dataset, mode, overlapMinutes: this.character.overlapMinutes, site: this.site, dice: dice.fork(), signal: ending.signal,
      ...(calm?.confirm === undefined ? {} : { confirm: calm.confirm }),
    });
    const result = await stage.time.drive(Promise.race([run, this.#life.ended]));
    if (result === 'crashed') {
      run.catch(() => undefined);
      await this.#restart();
      return { how: 'crashed' };
    }
    const failure = result.failure?.code ?? null;
    notes.tell(`run ${result.state} ${failure ?? ''} ${JSON.stringify(result.counts)}`);
    notes.sometimes(`a run is ${result.state}`);
    if (failure !== null) notes.sometimes(`a run fails with ${failure}`);
    this.witness.compare(this.rows.rows);
    return { how: 'ended', state: result.state, failure };
  }

  /** A person looks at what a run would do, and confirms it. Null when there was nothing to confirm. */
  async confirm(dataset: Dataset, mode: 'changes' | 'sweep'): Promise<Ran> {
    const plan = await this.plan(dataset, mode);
    const ran = await this.run(dataset, mode, { confirm: plan });
    if (ran.how === 'ended' && ran.failure === null) this.notes.sometimes('a plan is confirmed');
    return ran;
  }

  async plan(dataset: Dataset, mode: 'changes' | 'sweep'): Promise<string> {
    this.#life.plan(new Map());
    const reading = this.gateway.reading({ dataset, mode, overlapMinutes: this.character.overlapMinutes, site: this.site });
    const found = await this.stage.time.drive(forecast(reading, { goOn: async () => true, each: async () => undefined }));
    if (found === null) throw new Error('a plan that was not to end');
    return found.plan;
  }

  async #start(): Promise<void> {
    const { stage, notes, witness, dice } = this;
    const life = new Life({ time: stage.time, dice: dice.fork(), notes, offMs: () => stage.offMs, lateShare: this.#lateShare });
    const { source } = stage.county;
    const store: Store = stage.memory.open();
    this.#life = life;
    this.gateway = new Gateway({
      life, store, source, region: this.region, notes, mutant: stage.mutant,
      written: (what, given, result) => witness.written(what, given, result),
      read: async (selection, cursor, limit) => {
        const page = await source.changes(selection, cursor, limit);
        witness.read(page, limit);
        return page;
      },
    });
    await stage.time.drive(this.gateway.store.closeAbandonedRuns(life.clock.wallMs()));
  }

  /** The process ends, by itself or not, and another one opens the same store. */
  async #restart(): Promise<void> {
    if (!this.#life.dead) this.#life.die();
    this.gateway.end();
    this.region.forsaken();
    this.notes.sometimes('the gateway starts again');
    await this.stage.time.pass(this.dice.pick([300, 30_000]));
    await this.#start();
  }

  #incidents(ending: AbortController): ReadonlyMap<number, Incident> {
    const { dice, character, people, notes } = this;
    const incidents = new Map<number, Incident>();
    const at = (): number => 1 + Math.floor(dice.luck() * dice.luck() * dice.pick([40, 200]));
    if (dice.chance(0.25) && character.overlapMinutes > 0) incidents.set(at(), { kind: 'act', act: () => people.workNow() });
    if (dice.chance(0.1)) {
      incidents.set(at(), { kind: 'act', act: () => {
        notes.sometimes('a person stops a run');
        ending.abort();
      } });
    }
    if (dice.chance(character.crashShare / 2)) incidents.set(at(), { kind: dice.pick(['crash-before', 'crash-after']) });
    return incidents;
  }

  /** A crash just where something becomes durable, or goes out. */
  #aimed(): Aimed | null {
    const { dice, character } = this;
    if (!dice.chance(character.crashShare / 2)) return null;
    return { kind: dice.pick(['crash-before', 'crash-after']), name: dice.pick(steps), nth: dice.chance(0.5) ? 1 : dice.between(2, 6) };
  }

  #someSite(): SiteSetting {
    const { dice, character } = this;
    return {
      page: dice.pick([1, 2, 3, 5, 100]), records: dice.pick([1, 2, 3, 5, 100]), connections: dice.pick([1, 1, 2, 4]),
      highWater: dice.pick([1, 4, 10, 1_000]), patienceMs: dice.pick([8_000, 90_000]), wrap: dice.below(2),
      guard: character.tightGuard ? { share: 0.1, floor: 2 } : { share: 1, floor: 10_000 },
    };
  }
}
