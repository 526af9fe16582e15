import { expect } from 'chai';
import { allPoints, looking, unreached } from './points.ts';
import { Round } from './round.ts';

/** Where a kill would hurt most: around what becomes durable and what has been said to the region. */
const worst = ['before sqlite.commit', 'after sqlite.commit', 'after region.push', 'before store.settle', 'after store.write', 'after region.ask'];

describe('a gateway that is killed at a named point', function () {
  this.timeout(300_000);
  const seed = Number(process.env['QILIAN_TEST_SEED'] ?? 11);
  const round = new Round(seed);
  before(() => round.begin('300'));
  after(() => round.rehearsal.end());

  it('has a point before and after every call of store, county and region; none is new and unknown to the kills', async () => {
    const met = new Set([...round.reached.keys()].map((moment) => moment.split(' ')[1] ?? ''));
    const [points, looks] = [await allPoints(), await looking()];
    expect(points.filter((point) => !met.has(point) && !looks.has(point) && !(point in unreached)), 'reached by no command and explained by nobody').to.deep.equal([]);
    expect(Object.keys(unreached).filter((point) => !points.includes(point)), 'explained, but there is no such call').to.deep.equal([]);
  });
  it('loses nothing and has no effect twice, wherever it is killed', async () => {
    const { kills, missed, faults } = await round.kill(round.orders(worst).take(worst.length));
    expect(faults, `seed ${seed}`).to.deep.equal([]);
    expect(missed, `seed ${seed}`).to.deep.equal([]);
    expect(kills).to.equal(worst.length);
    expect(await round.verdict(), `seed ${seed}`).to.deep.equal([]);
  });
});
