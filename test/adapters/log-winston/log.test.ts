import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openLog } from '../../../adapters/log-winston/log.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

describe('the log', () => {
  it('has one line of JSON for each event, with its level, its code and its facts, and all of them once it is closed', async () => {
    const file = join(temporaryFolder(), 'logs', 'gateway.log');
    const log = openLog(file);
    log.info('RUN', { job: 'licences', delivered: 3 });
    log.warn('BREAKER', { state: 'open', reason: null });
    log.error('UNFORESEEN');
    await log.close();
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ timestamp: _timestamp, ...rest }) => rest)).to.deep.equal([
      { level: 'info', message: 'RUN', job: 'licences', delivered: 3 },
      { level: 'warn', message: 'BREAKER', state: 'open', reason: null },
      { level: 'error', message: 'UNFORESEEN' },
    ]);
    expect(lines.every((line) => typeof line['timestamp'] === 'string')).to.equal(true);
  });
  it('lies in a folder that only its owner may enter', async () => {
    const file = join(temporaryFolder(), 'logs', 'gateway.log');
    await openLog(file).close();
    expect(statSync(join(file, '..')).mode & 0o077).to.equal(0);
  });
});
