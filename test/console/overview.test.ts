import { expect } from 'chai';
import { shownOverview, type OverviewFigures } from '../../console/server/routes/overview.ts';
import type { World } from '../../console/server/world.ts';
import { noCounts, type Run } from '../../src/record/run.ts';
import { readWords } from '../../console/server/words.ts';
import { shippedSite } from './hall.ts';

const at = Date.UTC(2026, 10, 25, 13);
const run = (id: number, job: string): Run => ({ id, job, dataset: 'items', mode: 'changes', state: 'done', startedAt: at, endedAt: at + id, counts: { ...noCounts, read: id }, failure: null });
const figures: OverviewFigures = {
  at, totals: [{ dataset: 'items', atRegion: 178, waiting: 3, quarantined: 12, delivered: 180, oldestWaitingAt: at }], runs: [run(2, 'pull-items'), run(1, 'items')],
  today: [], yesterday: [], successes: [{ dataset: 'items', at }], alarms: { open: 0, worst: null },
};

describe('the overview', () => {
  it('tells what is sent and what is received of one dataset apart', async () => {
    const site = await shippedSite();
    const pulled = site.jobs.find((job) => job.kind === 'pull' && job.dataset === 'items');
    const world = {
      site: () => site, trail: { well: () => true }, lamp: () => ({ state: 'closed', since: null, reason: null }), duty: { paused: (job: string) => (job === pulled?.job ? { at, by: 'x', reason: 'x' } : null) }, timetable: { nextRun: () => at },
    } as unknown as World;
    const { datasets } = shownOverview({ ...figures, runs: [run(2, pulled?.job ?? ''), run(1, 'items')] }, world, readWords()('zh-CN')) as unknown as { readonly datasets: readonly Readonly<Record<string, unknown>>[] };
    const [up, down] = ['up', 'down'].map((direction) => datasets.find((one) => one['dataset'] === 'items' && one['direction'] === direction));
    expect(up).to.include({ atRegion: 178, waiting: 3, quarantined: 12, paused: false, lastSuccessAt: at });
    expect(down).to.include({ atRegion: 0, waiting: 0, quarantined: 0, paused: true, lastSuccessAt: at + 2 });
    expect([up, down].map((one) => (one?.['lastRun'] as { readonly id: number } | null)?.id)).to.deep.equal([1, 2]);
  });
});
