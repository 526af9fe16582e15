import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openSource } from '../../../adapters/county-files/source.ts';
import type { Selection, Source } from '../../../src/port/source.ts';
import type { FilesSetting, SftpSetting } from '../../../src/port/source-setting.ts';
import { Failure } from '../../../src/record/failure.ts';
import { certificates } from '../../contract-suites/source.ts';
import { stillClock } from '../../fakes/still-clock.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { csv, csvText } from './csv-text.ts';
import { SftpServer } from './sftp-server.ts';

describe('a county that puts files on another machine, over SFTP', function () {
  this.timeout(60_000);
  const server = new SftpServer();
  before(async function () {
    if (!SftpServer.there()) this.skip();
    await server.start();
  });
  after(() => server.stop());

  const clock = { ...stillClock(), now: 0, wallMs: (): number => clock.now };
  let here: string;
  let source: Source;
  const only: Selection = { ...certificates, columns: ['NAME', 'KIND'], children: [], lookups: [] };
  const setting = (sftp: SftpSetting, complete: FilesSetting['complete'] = { by: 'flag', ending: '.ok' }): FilesSetting =>
    ({ engine: 'files', folder: here, done: join(here, 'done'), sftp, complete, tables: { cert: { ...csv, content: 'changes', file: 'cert-*.csv' } } });
  const open = (change: Partial<SftpSetting> = {}, complete?: FilesSetting['complete']): Source => {
    source = openSource(setting({ ...server.setting(), ...change }, complete), clock);
    return source;
  };
  const put = (name: string, content: string | Buffer, flag = true): void => {
    writeFileSync(join(server.folder, name), content);
    if (flag) writeFileSync(join(server.folder, `${name}.ok`), '');
  };
  const row = (id: string): string => csvText('cert', [{ ID: id, T: '2026-11-01 08:00:00', NAME: `某${id}`, KIND: 'A' }]);
  const idsOf = async (cursor: string | null = null): Promise<{ ids: readonly unknown[]; cursor: string }> => {
    const page = await source.changes(only, cursor, 100);
    return { ids: page.changes.map((change) => (change.state === 'present' ? change.row['ID'] : null)), cursor: page.cursor };
  };
  const failureOf = async (): Promise<Failure> => {
    const thrown = await idsOf().then(() => null, (cause: unknown) => cause);
    expect(thrown).to.be.instanceOf(Failure);
    return thrown as Failure;
  };
  beforeEach(() => {
    here = temporaryFolder();
    for (const name of readdirSync(server.folder)) rmSync(join(server.folder, name), { recursive: true });
    clock.now = 1_764_000_000_000;
  });
  afterEach(() => source?.close());

  it('is read once its flag is there, and put away there by the run after the one that kept it', async () => {
    put('cert-证照 1.csv', row('1'));
    put('cert-2.csv', row('2'), false);
    const first = await (open(), idsOf());
    expect(first.ids).to.deep.equal(['1']);
    expect(readdirSync(server.folder).toSorted()).to.deep.equal(['cert-2.csv', 'cert-证照 1.csv', 'cert-证照 1.csv.ok']);
    await source.close();
    expect((await (open(), idsOf(first.cursor))).ids).to.deep.equal([]);
    expect(readdirSync(server.folder).toSorted()).to.deep.equal(['cert-2.csv', 'done']);
    expect(readdirSync(join(server.folder, 'done')).map((name) => name.replace(/[0-9a-f]{16}/, 'HASH')).toSorted()).to.deep.equal(['cert-证照 1.csv.HASH', 'cert-证照 1.csv.HASH.ok']);
  });
  it('is brought into a folder here whatever signs that has in its name', async () => {
    here = join(here, 'a "quoted" [folder] *');
    put('cert-1.csv', row('1'));
    expect((await (open(), idsOf())).ids).to.deep.equal(['1']);
  });
  it('is not read twice when the gateway died between putting away here and there', async () => {
    put('cert-1.csv', row('1'));
    const first = await (open(), idsOf());
    await source.close();
    const local = openSource({ ...setting(server.setting()), sftp: undefined } as unknown as FilesSetting, clock);
    await local.changes(only, first.cursor, 100);
    await local.close();
    expect([existsSync(join(here, 'cert-1.csv')), existsSync(join(server.folder, 'cert-1.csv'))]).to.deep.equal([false, true]);
    expect((await (open(), idsOf('{"read":[],"within":null}'))).ids).to.deep.equal([]);
    expect([existsSync(join(here, 'cert-1.csv')), existsSync(join(server.folder, 'cert-1.csv'))]).to.deep.equal([false, false]);
  });
  it('is not put away there when another has taken its name since, and the other is read', async () => {
    put('cert-1.csv', row('1'));
    const first = await (open(), idsOf());
    await source.close();
    put('cert-1.csv', row('2'));
    const second = await (open(), idsOf(first.cursor));
    expect(second.ids).to.deep.equal([]);
    expect(readdirSync(server.folder)).to.include('cert-1.csv');
    await source.close();
    expect((await (open(), idsOf(second.cursor))).ids).to.deep.equal(['2']);
  });
  it('without flags is whole when the same bytes are there twice, far enough apart', async () => {
    const still = { by: 'still', seconds: 60 } as const;
    put('cert-1.csv', row('1').slice(0, 20), false);
    expect((await (open({}, still), idsOf())).ids).to.deep.equal([]);
    put('cert-1.csv', row('1'), false);
    clock.now += 61_000;
    expect((await idsOf()).ids, 'it has grown').to.deep.equal([]);
    clock.now += 30_000;
    expect((await idsOf()).ids, 'not long enough').to.deep.equal([]);
    clock.now += 31_000;
    expect((await idsOf()).ids).to.deep.equal(['1']);
    expect(readdirSync(here).toSorted()).to.deep.equal(['cert-1.csv']);
  });
  it('is told by its code what keeps it away, and takes nothing', async () => {
    put('cert-1.csv', row('1'));
    for (const [change, code] of [
      [server.setting({ host: 'other-host' }), 'SFTP_HOST_UNKNOWN'], [server.setting({ key: 'stranger' }), 'SFTP_DENIED'],
      [{ key: join(here, 'none') }, 'SFTP_KEY_UNUSABLE'], [{ folder: '/nowhere at all' }, 'SFTP_FAILED'],
    ] as const) {
      open(change);
      expect((await failureOf()).code).to.equal(code);
      await source.close();
    }
    expect(readdirSync(here)).to.deep.equal([]);
  });
  it('is awaited while the machine is away, and read when it is back', async () => {
    put('cert-1.csv', row('1'));
    server.stop();
    expect((await (open(), failureOf())).code).to.equal('SOURCE_AWAY');
    await server.start();
    expect((await idsOf()).ids).to.deep.equal(['1']);
  });
});
