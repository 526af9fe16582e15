import { expect } from 'chai';
import type { Compare } from '../../src/intake/change-check.ts';
import { takeIn } from '../../src/intake/take-in.ts';
import { usualGuard } from '../../src/record/job.ts';
import { examineRow, selectionOf } from '../fakes/made-up-county.ts';
import { sourceInMemory } from '../fakes/source-in-memory.ts';
import { inTown, type Town } from '../fakes/town.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';

/** One reading without delivery, by a rule that sees every comparison; gives the names compared, before → now, each once. */
async function readComparing(town: Town, becomes: Compare = (mapped) => mapped): Promise<readonly string[]> {
  const seen = new Set<string>();
  const run = await town.store.beginRun({ job: 'licences', dataset: 'licences', mode: 'changes', at: 0, made: 'test' });
  const nameIn = (body = '{}'): string => String((JSON.parse(body) as { name?: string }).name);
  await takeIn({
    run, selection: selectionOf('licences'), examine: examineRow('licences'), source: sourceInMemory(town.county.tables, town.clock), store: town.store,
    clock: town.clock, room: async () => true, progress: () => undefined, made: 'test',
    job: { job: 'licences', title: '', dataset: 'licences', mode: 'changes', page: 10, overlapMinutes: 30, after: [], guard: usualGuard },
    compare: (mapped, had, change) => {
      seen.add(`${nameIn(had[0]?.body)} → ${nameIn(mapped.records[0]?.body)}`);
      return becomes(mapped, had, change);
    },
  });
  return [...seen];
}

describe('a changed record', () => {
  it('is compared with what the region has: not when it is new, not when it is the same', () => inVirtualTime(inTown(1, async (town) => {
    for (const id of ['1', '2']) town.county.put('licences', id, { NAME: `甲${id}` });
    expect(await readComparing(town)).to.deep.equal([]);
    await town.run('licences');
    town.county.put('licences', '1', { NAME: '乙' });
    town.county.put('licences', '3');
    expect(await readComparing(town)).to.deep.equal(['甲1 → 乙']);
  })));
  it('is compared with the version that arrived, not with one that never left', () => inVirtualTime(inTown(2, async (town) => {
    town.county.put('licences', '1', { NAME: '甲' });
    await town.run('licences');
    for (const name of ['乙', '丙']) {
      town.county.put('licences', '1', { NAME: name });
      expect(await readComparing(town)).to.deep.equal([`甲 → ${name}`]);
    }
  })));
  it('is set aside when the comparison says so, and stays set aside when it is read again', () => inVirtualTime(inTown(3, async (town) => {
    town.county.put('licences', '1', { NAME: '甲' });
    await town.run('licences');
    town.county.put('licences', '1', { NAME: '乙' });
    const refused: Compare = ({ key, identity, fingerprint }, _, change) => ({
      state: 'bad', key, identity, change, fingerprint: `${fingerprint}:holder`, problems: [{ code: 'CHANGE_UNLIKELY', severity: 'refuse', rule: 'holder' }],
    });
    for (let reading = 1; reading <= 2; reading += 1) {
      await readComparing(town, refused);
      expect(await town.totals('licences')).to.include({ atRegion: 1, waiting: 0, quarantined: 1 });
      expect(await town.states('licences', '1')).to.deep.equal(['delivered', 'quarantined']);
    }
  })));
  it('carries the warning that the comparison found', () => inVirtualTime(inTown(4, async (town) => {
    town.county.put('licences', '1', { NAME: '甲' });
    await town.run('licences');
    town.county.put('licences', '1', { NAME: '乙' });
    await readComparing(town, (mapped) => ({ ...mapped, problems: [{ code: 'CHANGE_UNLIKELY', severity: 'warn', rule: 'holder' }] }));
    expect((await town.store.trace('licences', '1'))?.versions.map((version) => version.problems.length)).to.have.members([0, 1]);
  })));
});
