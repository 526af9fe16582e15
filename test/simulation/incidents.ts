import { usualRefusals } from '../../src/record/job.ts';
import type { Character } from './character.ts';
import type { Dice } from './dice.ts';
import type { SiteSetting } from './gateway.ts';
import type { Aimed, Incident } from './life.ts';
import type { Notes } from './notes.ts';
import type { People } from './people.ts';

/** Where something becomes durable, or goes out. */
const steps = ['store.keep', 'store.write', 'store.settle', 'store.finish', 'store.noteAttempt', 'store.endRun', 'region.push', 'region.ask', 'source.sweep'];

/** By whom and of what character a history is. */
interface Lived {
  readonly dice: Dice;
  readonly character: Character;
  readonly people: People;
  readonly notes: Notes;
}

/** What comes between a run and its calls. */
export function incidentsIn({ dice, character, people, notes }: Lived, { ending, takeOver }: { readonly ending: AbortController; readonly takeOver: () => Promise<void> }): ReadonlyMap<number, Incident> {
  const incidents = new Map<number, Incident>();
  const at = (): number => 1 + Math.floor(dice.luck() * dice.luck() * dice.pick([40, 200]));
  if (dice.chance(0.25) && character.overlapMinutes > 0) incidents.set(at(), { kind: 'act', act: () => people.workNow() });
  if (character.lateCommits && dice.chance(0.4)) {
    for (let more = 0; more < 3; more += 1) incidents.set(at(), { kind: 'act', act: () => people.settle(0) });
    if (dice.chance(0.5)) {
      notes.sometimes('a run takes longer than the overlap');
      incidents.set(at(), { kind: 'pause', ms: dice.between(5, 40) * 60_000 });
    }
  }
  if (dice.chance(0.1)) {
    incidents.set(at(), { kind: 'act', act: () => {
      notes.sometimes('a person stops a run');
      ending.abort();
    } });
  }
  if (dice.chance(character.crashShare / 2)) incidents.set(at(), { kind: dice.pick(['crash-before', 'crash-after']) });
  if (character.standsStill && dice.chance(0.3)) incidents.set(at(), { kind: 'stand-still', meanwhile: takeOver });
  return incidents;
}

/** A crash just where something becomes durable, or goes out. */
export function aimedIn({ dice, character }: Pick<Lived, 'dice' | 'character'>): Aimed | null {
  if (!dice.chance(character.crashShare / 2)) return null;
  return { kind: dice.pick(['crash-before', 'crash-after']), name: dice.pick(steps), nth: dice.chance(0.5) ? 1 : dice.between(2, 6) };
}

/** The site's files as somebody may have written them. */
export function someSite({ dice, character }: Pick<Lived, 'dice' | 'character'>): SiteSetting {
  return {
    page: dice.pick([1, 2, 3, 5, 100]), records: dice.pick([1, 2, 3, 5, 100]), connections: dice.pick([1, 1, 2, 4]),
    highWater: dice.pick([1, 4, 10, 1_000]), patienceMs: dice.pick([8_000, 90_000]), wrap: dice.below(2),
    refusals: character.flaws && dice.chance(0.3) ? { share: 0.2, least: 3 } : usualRefusals,
    guard: character.tightGuard ? { share: 0.1, floor: 2 } : { share: 1, floor: 10_000 },
  };
}
