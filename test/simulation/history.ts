import { forecast } from '../../src/intake/forecast.ts';
import { gateStore } from '../../adapters/store-sqlite/gates.ts';
import { regionGate } from '../../src/port/gates.ts';
import type { Store } from '../../src/port/store.ts';
import { Failure } from '../../src/record/failure.ts';
import { invariantBroken } from '../../src/record/invariant.ts';
import { usualRefusals } from '../../src/record/job.ts';
import type { RunResult } from '../../src/schedule/run-job.ts';
import { characterOf, type Character } from './character.ts';
import type { Dataset } from './county.ts';
import { Dice } from './dice.ts';
import { Gateway, type SiteSetting } from './gateway.ts';
import { aimedIn, incidentsIn, someSite } from './incidents.ts';
import { Injected, Life, type Incident } from './life.ts';
import { letGo, purgeAll, type Mending } from './mending.ts';
import { Notes } from './notes.ts';
import { Oracle } from './oracle.ts';
import { People } from './people.ts';
import { ModelRegion } from './region.ts';
import { RegionRows } from './region-rows.ts';
import type { Stage } from './stage.ts';
import { weatherOf } from './weather.ts';
import { Witness } from './witness.ts';

export const datasets: readonly Dataset[] = ['items', 'cases'];

/** By then a run has ended, or never will. */
const longestRunMs = 600_000;

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

  /** With a character of its own nothing is left to the seed but luck. */
  constructor(stage: Stage, seed: number, telling = false, character?: Character) {
    this.stage = stage;
    this.dice = new Dice(seed);
    this.notes = new Notes(telling);
    this.character = character ?? characterOf(this.dice);
    this.#lateShare = this.character.lateShare;
    const { time, memory } = stage;
    stage.begin();
    this.rows = new RegionRows(this.oracle, this.notes);
    const written = memory.desk.database.prepare(`select digest from batch where no = ? and state = 'open'`);
    this.region = new ModelRegion({ rows: this.rows, time, dice: this.dice.fork(), notes: this.notes, writtenDown: (no) => (written.get(no) as { digest: string } | undefined)?.digest });
    this.people = new People({ county: stage.county, oracle: this.oracle, character: this.character, dice: this.dice.fork(), notes: this.notes, nowMs: () => time.now + this.#countyOffMs });
    this.witness = new Witness({ notes: this.notes, database: memory.desk.database, equations: stage.equations });
    this.site = someSite(this);
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
    this.site = { ...this.site, refusals: usualRefusals };
    for (const gate of [regionGate, ...datasets]) this.#say(gate, 'release');
  }

  /** A person at another terminal. */
  #say(gate: string, word: 'hold' | 'release'): void {
    void gateStore(this.stage.memory.desk).sayGate({ gate, word, reason: '', by: '', at: this.stage.time.now });
    this.notes.tell(`${word} ${gate}`);
  }

  check(): void {
    if (this.notes.breaches.length > 0) throw new Found();
  }

  async #event(): Promise<void> {
    const { dice, character, stage, notes } = this;
    switch (dice.weighted({ people: 6, run: 7, weather: 2, site: 1, restart: 0.5, word: 0.4, redrive: character.flaws ? 0.8 : 0, retain: 0.3, jump: character.clockJumps ? 1 : 0 })) {
      case 'people': return this.people.work();
      case 'weather':
        this.region.weather = weatherOf(dice, character.kinds);
        return;
      case 'site':
        this.site = someSite(this);
        return;
      case 'restart': return this.#restart();
      case 'redrive': return this.#mend(() => letGo(this.#mending()), 'a person lets go what is set aside');
      case 'retain': return this.#mend(() => purgeAll(this.#mending()), 'what is settled is purged');
      case 'word':
        notes.sometimes('a person holds or releases a gate');
        this.#say(dice.pick([regionGate, ...datasets]), dice.chance(0.4) ? 'hold' : 'release');
        return;
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
    if (calm === undefined) this.#life.plan(incidentsIn(this, { ending, takeOver: () => this.#takeOver() }), aimedIn(this));
    else this.#life.plan(new Map());
    notes.tell(`${stage.time.now} run ${dataset} ${mode} ${JSON.stringify(this.site)}`);
    const run = this.gateway.run({
      dataset, mode, overlapMinutes: this.character.overlapMinutes, site: this.site, dice: dice.fork(), signal: ending.signal,
      ...(calm?.confirm === undefined ? {} : { confirm: calm.confirm }),
    });
    const process = { life: this.#life, gateway: this.gateway };
    const result = await stage.time.drive(Promise.race([run, process.life.ended]).catch((cause: unknown) => this.#lost(process.life, cause)));
    if (process.life !== this.#life) return this.#woken(process, result);
    if (result === 'crashed') {
      run.catch(() => undefined);
      await this.#restart();
      return { how: 'crashed' };
    }
    const failure = result.failure?.code ?? null;
    notes.tell(`run ${result.state} ${failure ?? ''} ${JSON.stringify(result.counts)}`);
    notes.sometimes(`a run is ${result.state}`);
    if (failure !== null) notes.sometimes(`a run fails with ${failure}`);
    if (failure === invariantBroken) notes.breach(`the engine's own check failed: ${JSON.stringify(result.failure?.facts)}`);
    this.witness.compare(this.rows.rows);
    return { how: 'ended', state: result.state, failure };
  }

  /** One run in which just this goes wrong at just this call; a run that never ends is ended by killing its process. */
  async runWith(dataset: Dataset, mode: 'changes' | 'sweep', at: { readonly call: number; readonly incident: Incident }): Promise<{ readonly reached: boolean }> {
    const { stage, dice } = this;
    this.#life.plan(new Map([[at.call, at.incident]]));
    const run = this.gateway.run({ dataset, mode, overlapMinutes: this.character.overlapMinutes, site: this.site, dice: dice.fork(), signal: new AbortController().signal });
    const ended = run.then(() => 'ended' as const, (cause: unknown) => {
      if (cause instanceof Injected) return 'ended' as const;
      throw cause;
    });
    const tooLong = new Promise<'stuck'>((resolve) => stage.time.after(longestRunMs, () => resolve('stuck')));
    const how = await stage.time.drive(Promise.race([ended, tooLong]));
    const reached = this.#life.calls >= at.call;
    if (how === 'stuck') await this.#restart();
    return { reached };
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

  /** Something a person or the night does with what is kept; it may crash like everything else. */
  async #mend(work: () => Promise<unknown>, state: string): Promise<void> {
    const { stage, notes, dice, character } = this;
    const crash = dice.chance(character.crashShare / 2) ? new Map<number, Incident>([[dice.between(1, 12), { kind: dice.pick(['crash-before', 'crash-after']) }]]) : new Map<number, Incident>();
    this.#life.plan(crash);
    notes.tell(`${stage.time.now} ${state}`);
    notes.sometimes(state);
    const working = work();
    if (await stage.time.drive(Promise.race([working, this.#life.ended])) !== 'crashed') return;
    working.catch(() => undefined);
    await this.#restart();
  }

  #mending(): Mending {
    const { gateway, site, character } = this;
    return { store: gateway.store, clock: this.#life.clock, highWater: site.highWater, readingOf: (dataset) => gateway.reading({ dataset, mode: 'changes', overlapMinutes: character.overlapMinutes, site }) };
  }

  /** Another process takes the store over from one that stands still, and works. */
  async #takeOver(): Promise<void> {
    const { stage, notes, dice, character, site } = this;
    await new Promise<void>((resolve) => void stage.time.after(70_000, resolve));
    notes.sometimes('a gateway stands still and another takes over');
    await this.#open();
    this.#life.plan(new Map());
    const { state, failure } = await this.gateway.run({ dataset: dice.pick(datasets), mode: 'changes', overlapMinutes: character.overlapMinutes, site, dice: dice.fork(), signal: new AbortController().signal });
    notes.tell(`the other's run ${state} ${failure?.code ?? ''}`);
    if (failure?.code === invariantBroken || failure?.code === 'STORE_LOST') notes.breach(`the one that took over fails with ${failure.code}`);
  }

  /** What a run throws whose process has lost the store is its end; of any other it is a fault of the engine. */
  #lost(life: Life, cause: unknown): 'crashed' {
    if (life === this.#life) throw cause;
    if (cause instanceof Failure && cause.code === 'STORE_LOST') this.notes.sometimes('a gateway that wakes up finds the store lost');
    return 'crashed';
  }

  /** The process that stood still ends; the one that took over goes on. */
  #woken({ life, gateway }: { readonly life: Life; readonly gateway: Gateway }, result: 'crashed' | RunResult): Ran {
    if (result !== 'crashed' && result.failure?.code !== 'STORE_LOST') this.notes.breach(`a gateway that stood still went on as if it still had the store: ${result.state}`);
    life.die();
    gateway.end();
    this.witness.compare(this.rows.rows);
    return { how: 'crashed' };
  }

  async #start(): Promise<void> {
    await this.stage.time.drive(this.#open());
  }

  #open(): Promise<void> {
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
    return this.gateway.store.closeAbandonedRuns(life.clock.wallMs());
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
}
