import { expect } from 'chai';
import type { Conflict } from '../../src/port/inbound.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';
import { shared, TwoSides, type SharedField } from './two-sides.ts';

const suits = ['s1', 's2', 's3', 's4', 's5'] as const;
const rounds = Number(process.env['TWO_WAYS_ROUNDS'] ?? 250);

interface Edit { readonly side: 'region' | 'county'; readonly no: string; readonly field: SharedField; readonly value: string }

/** So many rounds of edits on both sides, with pulls, reports and decisions in an order that luck decides; then peace. */
async function play(sides: TwoSides, seed: number): Promise<{ readonly edits: readonly Edit[]; readonly seen: ReadonlySet<string>; readonly sent: number; readonly applied: number; readonly decided: number; readonly quiet: number }> {
  const luck = seededLuck(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(luck() * list.length)] as T;
  const edits: Edit[] = [];
  const seen = new Set<string>();
  let [sent, decided] = [0, 0];
  const look = (): void => {
    for (const no of suits) for (const field of shared) seen.add(`region ${sides.regionHas(no)[field]}`).add(`county ${sides.countyHas(no)?.[field]}`);
  };
  const step = async (what: 'pull' | 'report'): Promise<void> => {
    await sides.pull(); // a report begins with a pull, as the gateway's does
    if (what === 'report') sent += await sides.report();
    look();
  };
  for (const no of suits) sides.regionEdits(no, { phone: `${no}-phone-0`, address: `${no}-address-0`, linkman: `${no}-linkman-0` });
  await step('pull');
  for (const no of suits) sides.accept(no);
  await step('report');
  for (let round = 1; round <= rounds; round += 1) {
    const [no, field] = [pick(suits), pick(shared)];
    for (const side of pick([['region'], ['county'], ['region', 'county'], []] as const)) {
      const value = `${no}-${field}-${side}-${round}`;
      edits.push({ side, no, field, value });
      if (side === 'region') sides.regionEdits(no, { [field]: value });
      else sides.clerkEdits(no, field, value);
    }
    if (luck() < 0.1) sides.issue(pick(suits));
    look();
    for (const what of pick([['pull', 'report'], ['report', 'pull'], ['pull'], ['report'], []] as const)) await step(what);
    const [open] = await sides.store.conflicts('open', 1);
    if (open !== undefined && luck() < 0.2 && (await decided1(sides, open, pick(['region', 'county'] as const)))) decided += 1;
    look();
  }
  for (let left = 0; left < 20; left += 1) {
    await step('pull');
    await step('report');
    for (const open of await sides.store.conflicts('open', 100)) if (await decided1(sides, open, 'region')) decided += 1;
  }
  look();
  const before = sent;
  for (let calm = 0; calm < 5; calm += 1) {
    await step('pull');
    await step('report');
  }
  const counts = await sides.store.inboundCounts();
  return { edits, seen, sent: before, decided, quiet: sent - before, applied: counts.find((one) => one.state === 'applied')?.count ?? 0 };
}

/** A clerk may have moved on since the conflict was shown: then it is looked at again later. */
async function decided1(sides: TwoSides, open: Conflict, side: 'region' | 'county'): Promise<boolean> {
  return sides.decide(open, side).then(() => true, (cause: { code?: string }) => {
    if (cause.code !== 'CONFLICT_MOVED') throw cause;
    return false;
  });
}

describe('two sides that edit the same records', () => {
  for (const seed of [1, 2, 3, 4]) {
    it(`agree in the end, send nothing back and forth, and lose no edit without a word (${rounds} rounds, seed ${seed})`, () => inVirtualTime(async (clock) => {
      const sides = new TwoSides(clock, seed);
      const { edits, seen, sent, applied, decided, quiet } = await play(sides, seed);
      for (const no of suits) for (const field of shared) expect(sides.regionHas(no)[field], `${no} ${field}`).to.equal(sides.countyHas(no)?.[field]);
      expect(quiet, 'rows sent when nobody had edited any more').to.equal(0);
      expect(await sides.store.conflicts('open', 10)).to.deep.equal([]);
      const countyEdits = edits.filter((one) => one.side === 'county').length;
      expect(sent, 'rows sent').to.be.at.most(suits.length + countyEdits + applied + decided);
      const conflicts = await sides.store.conflicts('all', 10_000);
      expect(conflicts.length).to.be.greaterThan(0);
      const spoken = new Set(conflicts.flatMap((one) => [`region ${one.county}`, `county ${one.region}`]));
      const last = new Map(edits.map((one) => [`${one.side} ${one.no} ${one.field}`, one.value]));
      const lost = edits.filter(({ side, no, field, value }) => {
        const other = side === 'region' ? 'county' : 'region';
        return last.get(`${side} ${no} ${field}`) === value && !seen.has(`${other} ${value}`) && !spoken.has(`${other} ${value}`);
      });
      expect(lost, 'edits that the other side never saw and no conflict tells of').to.deep.equal([]);
    })).timeout(60_000);
  }
});
