import { expect } from 'chai';
import type { Parts } from '../../src/cli/parts.ts';
import type { SourceProbe } from '../../src/port/source.ts';
import { Failure } from '../../src/record/failure.ts';
import { terminal } from '../fakes/parts-in-memory.ts';
import { sourceInMemory } from '../fakes/source-in-memory.ts';
import { stillClock } from '../fakes/still-clock.ts';

interface Told { readonly checks: readonly { readonly check: string; readonly about: string; readonly state: string; readonly sentence: string; readonly remedy: string }[] }

const clock = stillClock();
const well: SourceProbe = { version: '10.11', clockMs: clock.wallMs(), canWrite: false, indexes: {} };

async function seen(change: Partial<Parts>): Promise<{ readonly code: number; readonly states: Readonly<Record<string, string>>; readonly told: Told }> {
  const screen = terminal(change);
  const code = await screen.type('doctor', '--json', '--lang', 'en');
  const told = JSON.parse(screen.said.at(-1) ?? '{}') as Told;
  return { code, told, states: Object.fromEntries(told.checks.map((one) => [one.check, one.state])) };
}

function probing(probe: Partial<SourceProbe>): Partial<Parts> {
  return { openSource: () => ({ ...sourceInMemory({}, clock), probe: async () => ({ ...well, ...probe }) }) };
}

describe('doctor', () => {
  it('finds nothing wrong where nothing is, and says what it has looked at', async () => {
    const { code, states } = await seen(probing({ indexes: { SXSERVICE: [{ columns: ['SERVICEOID'], unique: true }, { columns: ['MODIFYDATE', 'SERVICEOID'], unique: false }] } }));
    expect(code).to.equal(0);
    expect(states).to.include({ files: 'good', folder: 'good', disk: 'good', source: 'good', charset: 'good', rights: 'good', clock: 'good', reading: 'good', region: 'good', regionClock: 'good' });
  });
  it('has a remedy for everything that is not well, and none for what is', async () => {
    const { told } = await seen(probing({ canWrite: true, clockMs: clock.wallMs() + 40_000 }));
    for (const { state, remedy, sentence } of told.checks) {
      expect(remedy === '', sentence).to.equal(state === 'good');
      expect(sentence + remedy).not.to.match(/[{}]|cli\.doctor/);
    }
    expect(told.checks.filter((one) => one.state === 'warn').map((one) => one.check)).to.include.members(['rights', 'clock', 'key', 'index', 'store']);
  });
  it('names a county’s clock that is minutes off, and a key that an index does not keep from repeating', async () => {
    const { code, states } = await seen(probing({ clockMs: clock.wallMs() - 301_000, indexes: { SXSERVICE: [{ columns: ['SERVICEOID'], unique: false }] } }));
    expect(code).to.equal(1);
    expect(states).to.include({ clock: 'bad', key: 'warn' });
  });
  it('goes on past a source that cannot be reached, and says its code without any account', async () => {
    const { code, told } = await seen({ openSource: () => ({ ...sourceInMemory({}, clock), describe: async () => {
      throw new Failure('SOURCE_DENIED', { source: 'mariadb://h/d', reason: 'ER_ACCESS_DENIED_ERROR' });
    } }) });
    expect(code).to.equal(1);
    expect(told.checks.filter((one) => one.check === 'source').map((one) => one.sentence)).to.deep.equal(Array.from({ length: 2 }, () => 'cannot be reached (SOURCE_DENIED ER_ACCESS_DENIED_ERROR)'));
    expect(told.checks.at(-1)?.check).to.equal('regionClock');
  });
  it('names a full disk, a folder that cannot be written to, a region that does not answer and a certificate that ends', async () => {
    const around = terminal().parts.lookAround;
    const full = await seen({ lookAround: { ...around, disk: async () => ({ freeBytes: 1000, writable: false }), reach: async () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })) } });
    expect(full.states).to.include({ disk: 'bad', folder: 'bad', region: 'bad' });
    const ending = await seen({ lookAround: { ...around, reach: async () => ({ status: 404, clockMs: clock.wallMs() + 400_000, certificateUntilMs: clock.wallMs() + 29 * 86_400_000 }) } });
    expect(ending.states).to.include({ region: 'good', regionClock: 'bad', certificate: 'warn' });
  });
  it('shows a person a table, and below it what is to be done', async () => {
    const screen = terminal(probing({ canWrite: true }));
    expect(await screen.type('doctor')).to.equal(0);
    expect(screen.said.join('\n')).to.contain('! 账号权限').and.contain('另建只读账号').and.match(/共 \d+ 项检查/);
  });
});
