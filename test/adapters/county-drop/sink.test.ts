import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDrop } from '../../../adapters/county-drop/sink.ts';
import { compileDown } from '../../../src/mapping/map-down.ts';
import { stillClock } from '../../fakes/still-clock.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { suit, suits, TownHall } from '../../inbound/town-hall.ts';

describe('a folder from which a county takes files', () => {
  const dropped = (folder: string): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('.jsonl'));

  it('gets each row once, in whole files, and remembers by itself how far it is', async () => {
    const folder = join(temporaryFolder(), 'drop');
    const hall = new TownHall(stillClock());
    const sink = openDrop(folder);
    const run = () => hall.run({ use: () => ({ kind: 'county', applying: { down: suits, translator: compileDown(suits, 'no'), sink, upward: hall.upward, stamp: () => '', moment: () => null } }) });
    hall.feed.issue('applications', suit('1', 1), suit('2', 1));
    expect((await run()).counts).to.include({ delivered: 2 });
    hall.feed.issue('applications', suit('1', 2, { name: '改' }));
    await run();
    await run();
    const rows = dropped(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n')).map((line) => JSON.parse(line) as { key: { ID: string }; set: { NAME: string } });
    expect(rows.map((row) => `${row.key.ID} ${row.set.NAME}`).toSorted()).to.deep.equal(['1 改', '1 申请人1', '2 申请人2']);
    expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).to.deep.equal([]);
    expect(await openDrop(folder).mark('applications')).to.equal(`${await hall.store.epoch()}/3`);
    await hall.end();
  });
  it('never has a file outside it, whatever a stream or mark is called', async () => {
    const folder = join(temporaryFolder(), 'drop');
    await openDrop(folder).apply({ mark: { stream: '../../x', value: '../y' }, writes: [{ kind: 'insert', table: 'T', key: { ID: '1' }, set: {} }] });
    expect(dropped(folder)).to.deep.equal(['______x-___y.jsonl']);
  });
  it('has no mark before the first file', async () => {
    expect(await openDrop(join(temporaryFolder(), 'drop')).mark('applications')).to.equal(null);
  });
});
