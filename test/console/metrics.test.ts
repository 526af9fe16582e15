import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { Hall } from './hall.ts';
import { livedTown } from './lived-town.ts';

describe('the figures for machines', () => {
  let hall: Hall;
  let text: string;

  before(async () => {
    hall = await Hall.open({}, await livedTown(async (town) => {
      town.county.put('items', 'I1', { NAME: 'a' });
      town.county.put('items', 'I2', { NAME: 'b', BAD: 'VALUE_MISSING' });
      await town.run('items');
    }));
    hall.running.onAnswer('push', 'settled', 0.2);
    text = (await hall.visitor().ask('GET', '/metrics')).text;
  });
  after(() => hall.close());

  it('tell each dataset’s backlog, age, delivered and set aside', () => {
    expect(text).to.match(/^qilian_records_at_region\{dataset="items"\} 1$/m);
    expect(text).to.match(/^qilian_backlog_envelopes\{dataset="items"\} 0$/m);
    expect(text).to.match(/^qilian_delivered_envelopes_total\{dataset="items"\} 1$/m);
    expect(text).to.match(/^qilian_quarantined_records\{dataset="items"\} 1$/m);
    expect(text).to.match(/^qilian_refused_records_total\{dataset="items"\} 1$/m);
  });
  it('tell the breaker, how long the region takes, the runs and the size of the store', () => {
    expect(text).to.match(/^qilian_breaker_state\{state="closed"\} 1$/m);
    expect(text).to.match(/^qilian_region_request_duration_seconds_count\{kind="push",verdict="settled"\} 1$/m);
    expect(text).to.match(/^qilian_last_run_duration_seconds\{job="items"\} /m);
    expect(text).to.match(/^qilian_store_size_bytes 1$/m);
    expect(text).to.not.match(/^qilian_clock_skew_seconds \S/m);
  });
  it('count up and never down, however often they are asked for', async () => {
    const again = (await hall.visitor().ask('GET', '/metrics')).text;
    expect(again).to.match(/^qilian_delivered_envelopes_total\{dataset="items"\} 1$/m);
  });
  it('are as Prometheus wants them', function () {
    const checked = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
    if (checked.error !== undefined) {
      if (process.env['CI'] === 'true') throw new Error('the build server must have promtool');
      console.warn('SKIPPED: promtool is not here (Debian: apt-get install prometheus); the metrics were not checked by it');
      this.skip();
    }
    expect([checked.status, checked.stdout + checked.stderr]).to.deep.equal([0, '']);
  });
});
