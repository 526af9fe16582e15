import { expect } from 'chai';
import { advanced, begun, keepable, readPosition, rewound, type Mark } from '../../../adapters/county-sql/position.ts';
import { stillClock } from '../../fakes/still-clock.ts';

const at = { clock: stillClock(), zone: 480 };
const now = new Date(at.clock.wallMs() + 480 * 60_000).toISOString();
const today = now.slice(0, 10);
const from = (time: Mark): ReturnType<typeof readPosition> => readPosition(JSON.stringify({ t: time, k: 'k' }));

describe('where reading stands, however a county writes its times', () => {
  it('goes back in the form the column has', () => {
    const back = (time: Mark, minutes = 30): Mark => rewound(from(time), minutes).time;
    expect(back('2026-11-20 08:10:00.123')).to.equal('2026-11-20 07:40:00');
    expect(back('2026-11-20')).to.equal('2026-11-19');
    expect(back('20261120081000')).to.equal('20261120074000');
    expect(back('20261120')).to.equal('20261119');
    expect(back(20261120)).to.equal(20261119);
    expect(back(1_760_000_000)).to.equal(1_759_998_200);
    expect(back('1760000000123')).to.equal('1759998200123');
  });
  it('leaves what is no time as it is', () => {
    for (const time of ['', 'infinity', '0000-00-00 00:00:00', 42, '99999999999999', '20269999']) expect(rewound(from(time), 30).time).to.equal(time);
  });
  it('goes on with rows of the past and stays before rows of the future, in each form', () => {
    for (const [past, future] of [['20261120080000', '20991231000000'], ['2026-11-20', '2099-12-31'], ['20261120', '20991231'], [20261120, 20991231]] as const) {
      const reached = advanced(from(''), [{ time: past, key: 'a' }, { time: future, key: 'z' }], at);
      expect(reached.floor, String(past)).to.deep.equal({ time: past, key: 'a' });
      expect(JSON.parse(keepable(begun(reached, at), at)), String(past)).to.deep.equal({ t: past, k: 'a' });
    }
  });
  it('falls back to now in the form the column has, when the clock was put back', () => {
    const kept = (time: Mark): unknown => (JSON.parse(keepable({ ...from(time), floor: { time, key: 'k' } }, at)) as { t: Mark }).t;
    expect(kept('20991231000000')).to.equal(now.slice(0, 19).replace(/\D/g, ''));
    expect(kept('2099-12-31')).to.equal(today);
  });
  it('holds no clock against numbers that may be counters', () => {
    expect(advanced(from(0), [{ time: 4_000_000_000, key: 'a' }], at).floor).to.deep.equal({ time: 4_000_000_000, key: 'a' });
  });
});
