import { expect } from 'chai';
import type { Sink } from '../../src/port/sink.ts';
import type { Row } from '../../src/record/change.ts';
import type { CountyServer } from '../fixtures/county-servers.ts';
import { sinkSuite } from './sink.ts';

/** How one engine says what the tests need said. */
export interface SinkWords {
  readonly open: () => Sink;
  readonly name: (name: string) => string;
  readonly place: (n: number) => string;
}

/** What every sink into a database server promises, held on a live one. */
export function serverSinkSuite(server: () => CountyServer, { open, name, place }: SinkWords): void {
  const suit = name('SUIT');
  const select = `select ${['ID', 'NAME', 'PHONE', 'COUNT'].map(name).join(', ')} from ${suit} order by ${name('ID')}`;
  const all = async (): Promise<readonly Row[]> => (await server().ask(select)).map((row) => ({ ...row }));
  before(() => server().write(`create table ${suit} (${name('ID')} varchar(64) primary key, ${name('NAME')} varchar(30) not null, ${name('PHONE')} varchar(20), ${name('COUNT')} integer)`));

  sinkSuite('a county', async () => ({
    sink: open(),
    again: async () => open(),
    clerk: async (id, change) => {
      for (const [column, value] of Object.entries(change)) await server().write(`update ${suit} set ${name(column)} = ${place(1)} where ${name('ID')} = ${place(2)}`, [value, id]);
    },
    all,
    end: async () => {
      await server().write(`delete from ${suit}`);
      await server().write(`drop table if exists ${name('gateway_mark')}`);
    },
  }));

  describe('as a sink on a server', () => {
    const mark = { stream: 's', value: 'v' };
    afterEach(() => server().write(`delete from ${suit}`));

    it('refuses a value the column would have to cut, rather than cutting it', async () => {
      const write = { kind: 'insert', table: 'SUIT', key: { ID: 'a' }, set: { NAME: '长'.repeat(31) } } as const;
      expect(await open().apply({ mark, writes: [write] })).to.include({ state: 'refused', at: 0 });
      expect(await all()).to.deep.equal([]);
    });
    it('notices that a clerk has only changed capitals, or a space at the end', async () => {
      const sink = open();
      for (const [id, changed] of [['a', 'ABC'], ['b', 'abc ']] as const) {
        await sink.apply({ mark, writes: [{ kind: 'insert', table: 'SUIT', key: { ID: id }, set: { NAME: 'abc' } }] });
        await server().write(`update ${suit} set ${name('NAME')} = ${place(1)} where ${name('ID')} = ${place(2)}`, [changed, id]);
        expect(await sink.apply({ mark, writes: [{ kind: 'update', table: 'SUIT', key: { ID: id }, set: { PHONE: '1' }, expect: { NAME: 'abc' } }] })).to.deep.equal({ state: 'moved', at: [0] });
      }
    });
    it('lets one of two who enter the same row at once have it, and tells the other that it is there', async () => {
      const write = { kind: 'insert', table: 'SUIT', key: { ID: 'same' }, set: { NAME: '一' } } as const;
      const both = await Promise.all([open().apply({ mark: { stream: 'one', value: '1' }, writes: [write] }), open().apply({ mark: { stream: 'two', value: '1' }, writes: [write] })]);
      expect(both.map((one) => one.state).toSorted()).to.deep.equal(['applied', 'moved']);
    });
  });
}
