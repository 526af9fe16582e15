import { join } from 'node:path';
import { expect } from 'chai';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { crashState } from './states/crash-states.ts';
import { replay } from './states/replay.ts';
import { canTrace, traced, type Step } from './states/traced.ts';

describe('a store whose power is cut', function () {
  this.timeout(60_000);
  before(function skipLoudly() {
    if (canTrace()) return;
    if (process.env['CI'] === 'true') throw new Error('strace is missing: the power cut cannot be proved');
    process.stderr.write('\n!! strace is missing or not allowed: what a power cut leaves was NOT proved\n');
    this.skip();
  });

  it('has all that was acknowledged and nothing by half, whatever of its unsynced writes had reached the disk', () => {
    const found = replay(traced(temporaryFolder(), 'full'), { states: 60, folder: join(temporaryFolder(), 'state'), luck: seededLuck(5) });
    expect(found).to.deep.equal({ states: 60, corrupt: [], lost: [] });
  });
  it('would lose something if it did not wait for the disk: the control that must lose', () => {
    const found = replay(traced(temporaryFolder(), 'normal'), { states: 30, folder: join(temporaryFolder(), 'state'), luck: seededLuck(5) });
    expect(found.lost.length).to.be.above(0);
    expect(found.corrupt).to.deep.equal([]);
  });
});

describe('the making of crash states', () => {
  const write = (at: number, text: string): Step => ({ kind: 'write', file: 'f', at, bytes: Buffer.from(text) });
  const of = (steps: readonly Step[], luck: () => number): string | undefined => crashState(steps, steps.length, luck).files.get('f')?.toString();

  it('keeps what was synced, and of the rest all, nothing or some', () => {
    const steps: readonly Step[] = [write(0, 'aa'), { kind: 'sync', file: 'f' }, write(1, 'b'), { kind: 'acknowledged' }];
    expect(of(steps, () => 0)).to.equal('ab');
    expect(of(steps, () => 0.3)).to.equal('aa');
    expect(crashState(steps, steps.length, () => 0).acknowledged).to.equal(1);
  });
  it('tears the last write at the bounds of sectors', () => {
    const draws = [0.9, 0.1, 0.9];
    const torn = of([write(0, '-'.repeat(1_024)), { kind: 'sync', file: 'f' }, write(0, 'x'.repeat(1_024))], () => draws.shift() ?? 0);
    expect(torn).to.equal('-'.repeat(512) + 'x'.repeat(512));
  });
  it('lets a removed file come back unless its folder was synced', () => {
    const steps: readonly Step[] = [write(0, 'a'), { kind: 'sync', file: 'f' }, { kind: 'unlink', file: 'f' }];
    expect(of(steps, () => 0.3)).to.equal('a');
    expect(of([...steps, { kind: 'sync-folder' }], () => 0.3)).to.equal(undefined);
  });
});
