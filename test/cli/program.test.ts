import { expect } from 'chai';
import { exitCodeOf } from '../../src/cli/run.ts';
import type { Parts } from '../../src/cli/parts.ts';
import { noCounts, type RunState } from '../../src/record/run.ts';
import { terminal, unreadable } from '../fakes/parts-in-memory.ts';

describe('what a person types', () => {
  it('qilian check says nothing and ends with 0 when the site files are right', async () => {
    const { said, complaints, type } = terminal();
    expect(await type('check')).to.equal(0);
    expect([...said, ...complaints]).to.deep.equal([]);
  });
  it('every mistake of the site files is told with its place and code, and ends with 2', async () => {
    const mistakes = [{ code: 'KEY_UNKNOWN', file: 'gateway.yaml', line: 3, column: 5, facts: { key: 'regoin', near: 'region' } }];
    const { complaints, type } = terminal({ loadSite: (async () => ({ mistakes })) as unknown as Parts['loadSite'] });
    expect(await type('run', 'items')).to.equal(2);
    expect(complaints[0]).to.match(/^gateway\.yaml:3:5 KEY_UNKNOWN /);
    expect(complaints).to.have.length(2);
  });
  it('qilian run tells the counts and ends with 0', async () => {
    const { said, type } = terminal();
    expect(await type('run', 'items')).to.equal(0);
    expect(said[0]).to.include('任务').and.include('送达');
    expect(said[2]).to.include('items').and.include('已完成');
  });
  it('qilian run --json tells the same for machines, in one line', async () => {
    const { said, type } = terminal();
    expect(await type('run', 'items', '--json')).to.equal(0);
    expect(said).to.have.length(1);
    expect(JSON.parse(said[0] ?? '')).to.deep.equal({ job: 'items', run: 1, state: 'done', failure: null, ...noCounts });
  });
  it('a failure is told by its code and a sentence, and ends with 1', async () => {
    const { complaints, type } = terminal();
    expect(await type('run', 'nothing')).to.equal(1);
    expect(complaints).to.have.length(1);
    expect(complaints[0]).to.match(/^JOB_UNKNOWN 没有任务 nothing；现有：.*items/);
  });
  it('--lang en tells it in English, before or after the command, and so does QILIAN_LANG', async () => {
    for (const words of [['run', 'nothing', '--lang', 'en'], ['run', '--lang=en', 'nothing']]) {
      const { complaints, type } = terminal();
      await type(...words);
      expect(complaints[0]).to.match(/^JOB_UNKNOWN There is no job nothing/);
    }
    const base = terminal();
    const { complaints, type } = terminal({ env: { ...base.parts.env, QILIAN_LANG: 'en' } });
    await type('run', 'nothing');
    expect(complaints[0]).to.match(/^JOB_UNKNOWN There is no job nothing/);
  });
  it('a county that cannot be read is told, not thrown', async () => {
    const { complaints, type } = terminal({ openSource: unreadable() });
    expect(await type('run', 'items')).to.equal(1);
    expect(complaints[0]).to.match(/^SOURCE_UNREADABLE/);
  });
  it('looking before anything has run says so', async () => {
    for (const words of [['status'], ['trace', 'items', 'X'], ['quarantine', 'list'], ['quarantine', 'show', '1']]) {
      const { complaints, type } = terminal();
      expect(await type(...words)).to.equal(1);
      expect(complaints[0]).to.match(/^STORE_MISSING /);
    }
  });
  it('looking after a run shows it, and what is not there is told by its code', async () => {
    const { said, complaints, type } = terminal();
    await type('run', 'items');
    said.length = 0;
    expect(await type('status')).to.equal(0);
    expect(said.some((line) => line.includes('items') && line.includes('2026-11-23 15:00:00'))).to.equal(true);
    expect(await type('trace', 'items', 'X')).to.equal(1);
    expect(await type('trace', 'somethings', 'X')).to.equal(1);
    expect(await type('quarantine', 'show', '7')).to.equal(1);
    expect(complaints.map((line) => line.split(' ')[0])).to.deep.equal(['RECORD_UNKNOWN', 'DATASET_UNKNOWN', 'QUARANTINE_UNKNOWN']);
    expect(await type('quarantine', 'list', '--json')).to.equal(0);
    expect(JSON.parse(said.at(-1) ?? '')).to.deep.equal({ groups: [], records: [] });
  });
  it('a store that another process holds is told with its holder', async () => {
    const { parts, dataDir, complaints, type } = terminal();
    const store = parts.openStore(`${dataDir}/gateway.db`, '99');
    expect(await type('run', 'items')).to.equal(1);
    await store.close();
    expect(complaints[0]).to.match(/^STORE_HELD .*99/);
  });
  it('a word nobody knows ends with 2, a call for help with 0', async () => {
    const { said, complaints, type } = terminal();
    expect(await type('dance')).to.equal(2);
    expect(await type('run')).to.equal(2);
    expect(await type('run', 'items', '--fast')).to.equal(2);
    expect(complaints.length).to.be.at.least(3);
    expect(await type('--help')).to.equal(0);
    expect(said.join('\n')).to.include('quarantine').and.include('trace');
  });
  it('a seed, a size, a page and a port are given on', async () => {
    const { parts, told, type } = terminal();
    expect(await type('demo', 'change', '--seed', '5')).to.equal(0);
    expect(told.find((one) => one.what === 'change')?.about).to.include({ seed: 5 });
    const other = terminal({ env: { ...parts.env, QILIAN_SIM_PORT: '18099' } });
    expect(await other.type('demo', '--size', 'small', '--seed', '3')).to.equal(0);
    expect(other.told.find((one) => one.what === 'generate')?.about).to.include({ size: 'small', seed: 3 });
    expect(other.told.find((one) => one.what === 'simulator')?.about).to.include({ port: 18_099 });
    expect(other.told.at(-1)?.what).to.equal('simulator stopped');
  });
  it('a port that is none is told', async () => {
    const base = terminal();
    const { complaints, type } = terminal({ env: { ...base.parts.env, QILIAN_SIM_PORT: '99999' } });
    expect(await type('demo')).to.equal(1);
    expect(complaints[0]).to.match(/^PORT_WRONG /);
  });
  it('--data names the folder of the gateway\'s memory, as an absolute path', async () => {
    const { told, type } = terminal();
    await type('check', '--data', 'somewhere');
    expect((told[0]?.about as { env: Record<string, string> } | undefined)?.env['QILIAN_DATA']).to.equal(`${process.cwd()}/somewhere`);
  });
  it('a site of one\'s own gets no region and no key from the rehearsal', async () => {
    const { told, type } = terminal();
    await type('check', '--site', '/tmp');
    await type('check');
    const [own, shipped] = told.map((one) => (one.about as { env: Record<string, string | undefined> }).env);
    expect(own?.['QILIAN_REGION_URL']).to.equal(undefined);
    expect(shipped?.['QILIAN_REGION_URL']).to.equal('http://127.0.0.1:18080');
  });
});

describe('the code with which the process ends', () => {
  const table: readonly (readonly [RunState, number])[] = [['done', 0], ['failed', 1], ['pending', 3], ['stopped', 130]];
  for (const [state, code] of table) {
    it(`is ${code} for a run that is ${state}`, () => {
      expect(exitCodeOf({ run: 1, state, counts: noCounts, failure: null })).to.equal(code);
    });
  }
});
