import type { Character } from './character.ts';
import type { Child, County, Dataset, Fact } from './county.ts';
import type { Dice } from './dice.ts';
import type { Notes } from './notes.ts';
import type { Oracle } from './oracle.ts';
import { poisonMark, refusedMark } from './region-rows.ts';

type Draft = readonly [Dataset, string, Fact | null];

interface Begun {
  readonly beganAt: number;
  readonly stamp: string;
  readonly write: (stamp: string) => readonly Draft[];
}

const zoneMs = 8 * 3_600_000;
const marginMs = 90_000;

/** Who works in the county, and what of it. */
export interface PeopleSetting {
  readonly county: County;
  readonly oracle: Oracle;
  readonly character: Character;
  readonly dice: Dice;
  readonly notes: Notes;
  /** The county's own clock. */
  readonly nowMs: () => number;
}

/** People who put matters on file, change them, take them back, and whose transactions sometimes commit late. */
export class People {
  readonly #setting: PeopleSetting;
  #begun: Begun[] = [];
  #words = 0;
  /** What a key's facts were before their last change. */
  readonly #before = new Map<string, Fact>();

  constructor(setting: PeopleSetting) {
    this.#setting = setting;
  }

  /** One transaction; committed at once, or begun now and committed later. */
  work(): void {
    const { dice, character, nowMs } = this.#setting;
    const many = dice.chance(0.2) ? dice.between(4, 12) : dice.between(1, 3);
    const seed = dice.fork();
    const write = (stamp: string): readonly Draft[] => this.#drafts(many, stamp, seed);
    if (character.lateCommits && dice.chance(0.5)) this.#begun.push({ beganAt: nowMs(), stamp: stampOf(nowMs()), write });
    else this.#commit(write(stampOf(nowMs())));
  }

  /** Something done at once, whatever else is going on. */
  workNow(): void {
    this.#commit(this.#drafts(this.#setting.dice.between(1, 2), stampOf(this.#setting.nowMs()), this.#setting.dice.fork()));
  }

  /** Transactions that began long ago commit; with `all` every one. Those that would be later than promised begin again. */
  settle(comingMs: number, all = false): void {
    const { character, dice, nowMs, notes } = this.#setting;
    const windowMs = character.overlapMinutes * 60_000 - marginMs;
    const left: Begun[] = [];
    for (const one of this.#begun) {
      const due = nowMs() + comingMs - one.beganAt > windowMs;
      if (!all && !due && dice.chance(0.75)) {
        left.push(one);
        continue;
      }
      const tooLate = character.trust === 'changes' && nowMs() - one.beganAt > windowMs;
      if (!tooLate && stampOf(nowMs()) > one.stamp) notes.sometimes('a transaction commits late');
      this.#commit(one.write(tooLate ? stampOf(nowMs()) : one.stamp));
    }
    this.#begun = left;
  }

  /** Mends everything that is wrong, so that nothing may be missing in the end. */
  mend(): void {
    const { county, nowMs } = this.#setting;
    const stamp = stampOf(nowMs());
    const drafts: Draft[] = [];
    for (const dataset of ['items', 'cases'] as const) {
      for (const fact of county.truth[dataset].values()) {
        if (fact.withdrawn) continue;
        const item = fact.item !== null && !this.#hasItem(fact.item) ? null : fact.item;
        drafts.push([dataset, fact.key, { ...fact, time: stamp, item, bad: false, name: this.#word('改'), code: `${dataset}:${fact.key}:end`, steps: fact.steps.map((step) => ({ ...step, says: '好' })) }]);
      }
    }
    const renamed = new Map(drafts.flatMap(([dataset, key, fact]) => (dataset === 'items' && fact !== null ? [[county.truth.items.get(key)?.code ?? '', fact.code] as const] : [])));
    this.#commit(drafts.map(([dataset, key, fact]) => [dataset, key, fact === null || fact.item === null ? fact : { ...fact, item: renamed.get(fact.item) ?? null }]));
  }

  #hasItem(code: string): boolean {
    return [...this.#setting.county.truth.items.values()].some((item) => item.code === code && !item.withdrawn);
  }

  #commit(drafts: readonly Draft[]): void {
    if (drafts.length === 0) return;
    const { county, oracle, notes } = this.#setting;
    county.commit(drafts);
    for (const [dataset, key, fact] of drafts) oracle.committed(dataset, key, fact);
    notes.tell(`county ${drafts.map(([dataset, key, fact]) => `${dataset}/${key} ${fact === null ? 'deleted' : `${fact.time} ${fact.name}${fact.bad ? ' bad' : ''}${fact.withdrawn ? ' withdrawn' : ''} ${fact.code} ${fact.item ?? ''} ${[...fact.steps, ...fact.papers].map((one) => one.no + one.says).join()}`}`).join('; ')}`);
  }

  #drafts(many: number, stamp: string, dice: Dice): readonly Draft[] {
    const drafts = new Map<string, Draft>();
    for (let index = 0; index < many; index += 1) {
      const dataset = dice.chance(0.35) ? 'items' : 'cases';
      const key = `${dataset === 'items' ? 'I' : 'C'}${dice.below(this.#setting.character.keys)}`;
      if (!drafts.has(key)) drafts.set(key, [dataset, key, this.#next({ dataset, key, stamp, dice })]);
    }
    return [...drafts.values()];
  }

  #next(about: { readonly dataset: Dataset; readonly key: string; readonly stamp: string; readonly dice: Dice }): Fact | null {
    const { character, county, notes } = this.#setting;
    const { dataset, key, stamp, dice } = about;
    const old = county.truth[dataset].get(key);
    if (old === undefined) return this.#fresh(about, 0);
    const now: Fact = { ...old, time: this.#stamped(stamp, dice), withdrawn: false };
    const kinds = {
      name: 4, children: dataset === 'cases' ? 5 : 0, withdraw: 1, reuse: 0.6, undo: 2.5, item: dataset === 'cases' ? 1 : 0, touch: 0.5,
      flaw: character.flaws ? 2.5 : 0, mend: character.flaws ? 1 : 0,
      delete: character.untold ? 1.5 : 0, silent: character.untold ? 1.5 : 0, twice: character.untold ? 0.8 : 0,
    };
    const before = this.#before.get(`${dataset}/${key}`) ?? now;
    this.#before.set(`${dataset}/${key}`, old);
    switch (dice.weighted(kinds)) {
      case 'undo': return { ...before, time: now.time, code: now.code, salt: now.salt, withdrawn: false };
      case 'name': return { ...now, name: this.#name(dice) };
      case 'children': return { ...now, steps: this.#moved(old.steps, dice), papers: dice.chance(0.4) ? this.#moved(old.papers, dice) : old.papers };
      case 'withdraw': return { ...now, withdrawn: true };
      case 'reuse': notes.sometimes('a key is given to another'); return this.#fresh(about, old.salt + 1);
      case 'item': return { ...now, item: this.#someItem(dice) };
      case 'touch': return now;
      case 'flaw': return this.#flawed(now, dice);
      case 'mend': return { ...now, bad: false, name: this.#name(dice) };
      case 'delete': return null;
      case 'silent': notes.sometimes('a row changes and its time does not'); return { ...old, name: this.#name(dice), steps: this.#moved(old.steps, dice) };
      case 'twice': {
        const other = dice.pick([...county.truth[dataset].values()]);
        return { ...now, code: other.code };
      }
    }
  }

  #fresh({ dataset, key, stamp, dice }: { readonly dataset: Dataset; readonly key: string; readonly stamp: string; readonly dice: Dice }, salt: number): Fact {
    const some = (most: number): readonly Child[] => (dataset === 'items' ? [] : Array.from({ length: dice.below(most) }, (_, no) => ({ no, says: this.#name(dice) })));
    this.#words += 1;
    return {
      key, time: this.#stamped(stamp, dice), name: this.#name(dice), code: `${dataset}:${key}:${dice.chance(0.5) ? 0 : this.#words}`, bad: false, withdrawn: false, salt,
      item: dataset === 'cases' && dice.chance(0.5) ? this.#someItem(dice) : null, steps: some(5), papers: some(3),
    };
  }

  #flawed(fact: Fact, dice: Dice): Fact {
    if (dice.chance(0.4)) return { ...fact, bad: true };
    const mark = dice.chance(0.6) ? refusedMark : poisonMark;
    if (fact.steps.length > 0 && dice.chance(0.6)) return { ...fact, steps: fact.steps.map((step, at) => (at === fact.steps.length - 1 ? { ...step, says: this.#word(mark) } : step)) };
    return { ...fact, name: this.#word(mark) };
  }

  #moved(list: readonly Child[], dice: Dice): readonly Child[] {
    const kept = list.filter(() => !dice.chance(0.25)).map((one) => (dice.chance(0.4) ? { ...one, says: this.#name(dice) } : one));
    const no = list.reduce((most, one) => Math.max(most, one.no), -1) + 1;
    return dice.chance(0.5) && kept.length < 6 ? [...kept, { no, says: this.#name(dice) }] : kept;
  }

  /** An item that is there, or one that may come, or none. */
  #someItem(dice: Dice): string | null {
    const items = [...this.#setting.county.truth.items.values()];
    if (items.length > 0 && dice.chance(0.7)) return dice.pick(items).code;
    return dice.chance(0.6) ? `items:I${dice.below(this.#setting.character.keys)}:0` : null;
  }

  #stamped(stamp: string, dice: Dice): string | null {
    const { character, notes } = this.#setting;
    if (character.nulls && dice.chance(0.15)) {
      notes.sometimes('a row has no time');
      return null;
    }
    if (!character.futures || !dice.chance(0.1)) return stamp;
    notes.sometimes('a row is stamped in the future');
    return dice.chance(0.5) ? '2099-12-31 00:00:00' : stampOf(this.#setting.nowMs() + dice.between(1, 30) * 3_600_000);
  }

  #name(dice: Dice): string {
    return this.#setting.character.sameAgain ? dice.pick(['甲', '乙']) : this.#word('名');
  }

  #word(sign: string): string {
    this.#words += 1;
    return `${sign}${this.#words}`;
  }
}

function stampOf(ms: number): string {
  return new Date(ms + zoneMs).toISOString().slice(0, 19).replace('T', ' ');
}
