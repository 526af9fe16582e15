import { expect } from 'chai';
import type { Region } from '../../src/port/region.ts';
import type { Entry } from '../../src/record/batch.ts';

/** What every way to the region promises. `entries` are records that this region accepts. */
export function regionSuite(open: () => Promise<{ readonly region: Region; readonly table: string; readonly entries: readonly Entry[]; close(): Promise<void> }>): void {
  let way: Awaited<ReturnType<typeof open>>;
  beforeEach(async () => {
    way = await open();
  });
  afterEach(() => way.close());

  const label = (no: string): Parameters<Region['wrap']>[0] => ({ no, table: way.table, time: '2026-11-23 15:00:00' });

  it('writes the same bytes for the same label and entries', () => {
    expect(way.region.wrap(label('B1'), way.entries)).to.deep.equal(way.region.wrap(label('B1'), way.entries));
    expect(way.region.wrap(label('B1'), way.entries).digest).to.not.equal(way.region.wrap(label('B2'), way.entries).digest);
  });
  it('answers a batch with one receipt for each record', async () => {
    const answer = await way.region.push(way.region.wrap(label('B1'), way.entries));
    expect(answer.verdict === 'settled' ? answer.receipts.map((receipt) => `${receipt.rowGuid} ${receipt.verdict}`) : answer)
      .to.deep.equal(way.entries.map((entry) => `${entry.rowGuid} accepted`));
  });
  it('answers a batch sent again with what it answered before', async () => {
    const parcel = way.region.wrap(label('B1'), way.entries);
    const first = await way.region.push(parcel);
    expect(await way.region.push(parcel)).to.deep.equal(first);
  });
  it('says of a batch it has had what it answered, and of any other that it never saw it', async () => {
    const answer = await way.region.push(way.region.wrap(label('B1'), way.entries));
    expect(await way.region.ask(way.region.wrap(label('B1'), way.entries))).to.deep.equal(answer);
    expect(await way.region.ask(way.region.wrap(label('B2'), way.entries))).to.deep.equal({ verdict: 'never-seen' });
  });
}
