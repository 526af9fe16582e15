import { join } from 'node:path';
import { expect } from 'chai';
import { openStore } from '../../adapters/store-sqlite/store.ts';
import { decideAtCounty } from '../../src/cli/deciding.ts';
import type { ConflictNote } from '../../src/port/inbound.ts';
import type { Store } from '../../src/port/store.ts';
import { Failure } from '../../src/record/failure.ts';
import { shippedSite } from '../console/hall.ts';
import { terminal } from '../fakes/parts-in-memory.ts';
import { sinkInMemory } from '../fakes/sink-in-memory.ts';
import type { Tables } from '../fakes/source-in-memory.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

describe('deciding what both sides changed, with the shipped site', () => {
  const about = { by: 'operator', why: 'the catalogue says so' };
  const open = { resource: 'items', key: 'I1', table: 'SXSERVICE', row: { SERVICEOID: 'I1' }, column: 'PROMISEDAY', agreed: '10', county: '5', region: '7', state: 'open', by: null, why: null } as const;
  let store: Store;
  let tables: Tables;
  let closed: number;

  beforeEach(async () => {
    closed = 0;
    tables = { SXSERVICE: [{ SERVICEOID: 'I1', PROMISEDAY: '5', MODIFYDATE: '2026-11-01 08:00:00' }] };
    store = openStore(join(temporaryFolder(), 'gateway.db'), 'test');
    await store.conclude({ resource: 'items', at: 0, ended: [], agreed: [], adopted: [], conflicts: [open] });
  });
  afterEach(() => store.close());

  it('writes the region’s value at the county when the region’s counts, and leaves the county’s connection closed', async () => {
    expect(await decide('region')).to.include({ state: 'region', by: 'operator' });
    expect(tables['SXSERVICE']?.[0]).to.include({ PROMISEDAY: '7' });
    expect(closed).to.equal(1);
    expect(await store.conflicts('open', 5)).to.deep.equal([]);
  });
  it('leaves the county’s value where the county’s counts', async () => {
    await decide('county');
    expect(tables['SXSERVICE']?.[0]).to.include({ PROMISEDAY: '5' });
  });
  it('writes nothing when the county says something else by now, and the conflict stays open', async () => {
    tables['SXSERVICE'] = [{ SERVICEOID: 'I1', PROMISEDAY: '6', MODIFYDATE: '2026-11-02 08:00:00' }];
    const code = await decide('region').then(() => '', (cause: unknown) => (cause instanceof Failure ? cause.code : 'other'));
    expect([code, tables['SXSERVICE'][0]?.['PROMISEDAY'], closed, (await store.conflicts('open', 5)).length]).to.deep.equal(['CONFLICT_MOVED', '6', 1, 1]);
  });

  it('writes nothing when the region has said something else since the conflict was shown, whichever side is to count, until it is shown anew', async () => {
    await moved({ region: '8' });
    expect([await told('region'), await told('county')]).to.deep.equal(['CONFLICT_REGION_MOVED', 'CONFLICT_REGION_MOVED']);
    expect([tables['SXSERVICE']?.[0]?.['PROMISEDAY'], (await store.conflicts('open', 5)).length]).to.deep.equal(['5', 1]);
    await decide('region', '0.1');
    expect(tables['SXSERVICE']?.[0]).to.include({ PROMISEDAY: '8' });
  });
  it('tells it when the region has moved there and back: what was shown is not what is meant now', async () => {
    await moved({ region: '8' });
    await moved({ region: '7' });
    expect(await told('region')).to.equal('CONFLICT_REGION_MOVED');
  });
  it('tells a county’s value apart that a pull has found changed, and takes a conflict found unchanged as it was shown', async () => {
    await moved({ county: '6' });
    expect(await told('county')).to.equal('CONFLICT_MOVED');
    await store.conclude({ resource: 'items', at: 0, ended: [], agreed: [], adopted: [], conflicts: [{ ...open, county: '6' }] });
    tables = { SXSERVICE: [{ SERVICEOID: 'I1', PROMISEDAY: '6', MODIFYDATE: '2026-11-02 08:00:00' }] };
    expect(await decide('county', '1.0')).to.include({ state: 'county' });
  });
  it('waits for what the region has issued of the record and nobody has applied yet', async () => {
    const record = (key: string, nonce: string) => ({ resource: 'items', at: 1, run: 1, records: [{ key, version: '2', fingerprint: nonce, text: '{}' }], via: { kind: 'callback', nonce, expiresAt: 9 } } as const);
    await store.receive(record('I1', 'n1'));
    expect(await told('region')).to.equal('CONFLICT_REGION_MOVED');
    expect(tables['SXSERVICE']?.[0]).to.include({ PROMISEDAY: '5' });
  });
  it('is told at a terminal too: with the state that the list showed, and not without', async () => {
    const at = terminal({ openSink: () => sinkInMemory(tables) });
    const there = at.parts.openStore(join(at.dataDir, 'gateway.db'), 'test');
    const pulled = (region: string): Promise<void> => there.conclude({ resource: 'items', at: 0, ended: [], agreed: [], adopted: [], conflicts: [{ ...open, region }] });
    await pulled('7');
    await at.type('conflicts', 'list', '--json');
    const [{ seen } = { seen: '' }] = JSON.parse(at.said.at(-1) ?? '') as readonly { readonly seen: string }[];
    await pulled('8');
    await there.close();
    expect(await at.type('conflicts', 'decide', '1', 'region', '--by', '王敏', '--why', '目录写明')).to.equal(2);
    expect(await at.type('conflicts', 'decide', '1', 'region', '--seen', seen, '--by', '王敏', '--why', '目录写明')).to.equal(1);
    expect(at.complaints.at(-1)).to.contain('CONFLICT_REGION_MOVED').and.not.contain('8');
    expect(tables['SXSERVICE']?.[0]).to.include({ PROMISEDAY: '5' });
    expect(await at.type('conflicts', 'decide', '1', 'region', '--seen', '0.1', '--by', '王敏', '--why', '目录写明')).to.equal(0);
    expect(tables['SXSERVICE']?.[0]).to.include({ PROMISEDAY: '8' });
  });
  it('does not take a state that was never shown', async () => {
    for (const seen of ['', '1.0', '0', 'latest', '0.0.0']) expect(await told('region', seen), seen).to.equal('CONFLICT_NOT_SHOWN');
  });

  async function moved(change: Partial<Pick<ConflictNote, 'county' | 'region'>>): Promise<void> {
    await store.conclude({ resource: 'items', at: 0, ended: [], agreed: [], adopted: [], conflicts: [{ ...open, ...change }] });
  }

  async function told(side: 'county' | 'region', seen?: string): Promise<string> {
    return decide(side, seen).then(() => '', (cause: unknown) => (cause instanceof Failure ? cause.code : 'other'));
  }

  async function decide(side: 'county' | 'region', seen = '0.0'): ReturnType<typeof decideAtCounty> {
    const openSink = (): ReturnType<typeof sinkInMemory> => ({ ...sinkInMemory(tables), close: async () => void (closed += 1) });
    return decideAtCounty({ parts: terminal({ openSink }).parts, site: await shippedSite(), store }, { id: 1, side, seen, ...about });
  }
});
