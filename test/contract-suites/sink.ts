import { expect } from 'chai';
import type { Sink } from '../../src/port/sink.ts';
import type { Row } from '../../src/record/change.ts';

/** A made-up county table: `SUIT (ID text primary key, NAME text not null, PHONE text, COUNT integer)`. */
export interface SinkStage {
  readonly sink: Sink;
  /** The same place opened by another process. */
  again(): Promise<Sink>;
  /** What a clerk does meanwhile: one row changed behind the gateway's back. */
  clerk(id: string, change: Row): Promise<void>;
  /** Every row as it stands, by ID. */
  all(): Promise<readonly Row[]>;
  end(): Promise<void>;
}

const table = 'SUIT';
const columns = ['ID', 'NAME', 'PHONE', 'COUNT'];
const mark = (value: string) => ({ stream: 'applications', value });
const insert = (ID: string, set: Row = {}) => ({ kind: 'insert', table, key: { ID }, set: { NAME: '张三', PHONE: null, COUNT: 1, ...set } }) as const;
const update = (ID: string, set: Row, expected: Row) => ({ kind: 'update', table, key: { ID }, set, expect: expected }) as const;

/** What every sink with tables promises. */
export function sinkSuite(name: string, open: () => Promise<SinkStage>): void {
  describe(`${name} as a sink`, () => {
    let at: SinkStage;
    beforeEach(async () => {
      at = await open();
    });
    afterEach(() => at.end());

    it('has no mark before the first writes', async () => {
      expect(await at.sink.mark('applications')).to.equal(null);
    });
    it('writes rows and mark together, and another process sees both', async () => {
      expect(await at.sink.apply({ mark: mark('p1'), writes: [insert('a'), insert('b', { NAME: '𠮷田' })] })).to.deep.equal({ state: 'applied' });
      const other = await at.again();
      expect(await other.mark('applications')).to.equal('p1');
      expect(await other.mark('items')).to.equal(null);
      expect(await other.rows(table, columns, [{ ID: 'b' }, { ID: 'x' }, { ID: 'a' }])).to.deep.equal([
        { ID: 'b', NAME: '𠮷田', PHONE: null, COUNT: 1 }, undefined, { ID: 'a', NAME: '张三', PHONE: null, COUNT: 1 }]);
      await other.close();
    });
    it('finds the rows that have certain values, two at most where nothing else is said', async () => {
      await at.sink.apply({ mark: mark('p1'), writes: [insert('a', { NAME: '甲' }), insert('b', { NAME: '乙' }), insert('c', { NAME: '乙' }), insert('d', { NAME: '乙' })] });
      expect(await at.sink.matching(table, ['ID'], { NAME: '甲' })).to.deep.equal([{ ID: 'a' }]);
      expect(await at.sink.matching(table, ['ID'], { NAME: '乙' })).to.have.length(2);
      expect((await at.sink.matching(table, ['ID'], { NAME: '乙' }, 1_000))?.map((row) => row['ID'])).to.have.members(['b', 'c', 'd']);
      expect(await at.sink.matching(table, ['ID'], { NAME: '丙' })).to.deep.equal([]);
    });
    it('moves a mark without rows, so that a page without consequences is remembered too', async () => {
      await at.sink.apply({ mark: mark('p1'), writes: [] });
      await at.sink.apply({ mark: mark('p2'), writes: [] });
      expect(await at.sink.mark('applications')).to.equal('p2');
    });
    it('changes a row that is as it was read, NULL included, and leaves its other columns alone', async () => {
      await at.sink.apply({ mark: mark('p1'), writes: [insert('a')] });
      expect(await at.sink.apply({ mark: mark('p2'), writes: [update('a', { PHONE: '13900000001' }, { PHONE: null, NAME: '张三', COUNT: 1 })] })).to.deep.equal({ state: 'applied' });
      expect(await at.all()).to.deep.equal([{ ID: 'a', NAME: '张三', PHONE: '13900000001', COUNT: 1 }]);
    });
    it('writes nothing at all when a clerk has touched one of the rows meanwhile', async () => {
      await at.sink.apply({ mark: mark('p1'), writes: [insert('a'), insert('b')] });
      await at.clerk('b', { PHONE: '0477' });
      const writes = [update('a', { NAME: '李四' }, { PHONE: null }), update('b', { NAME: '李四' }, { PHONE: null }), insert('c')];
      expect(await at.sink.apply({ mark: mark('p2'), writes })).to.deep.equal({ state: 'moved', at: [1] });
      expect(await at.sink.mark('applications')).to.equal('p1');
      expect((await at.all()).map((row) => `${row['ID']} ${row['NAME']} ${row['PHONE']}`)).to.deep.equal(['a 张三 null', 'b 张三 0477']);
    });
    it('does not enter a row twice, and does not change a row that is not there', async () => {
      await at.sink.apply({ mark: mark('p1'), writes: [insert('a')] });
      expect(await at.sink.apply({ mark: mark('p2'), writes: [insert('a', { NAME: '别人' })] })).to.deep.equal({ state: 'moved', at: [0] });
      expect(await at.sink.apply({ mark: mark('p2'), writes: [update('z', { NAME: '别人' }, {})] })).to.deep.equal({ state: 'moved', at: [0] });
      expect((await at.all()).map((row) => row['NAME'])).to.deep.equal(['张三']);
    });
    it('says which row the county itself does not let in, without telling its values, and undoes the others', async () => {
      const applied = await at.sink.apply({ mark: mark('p1'), writes: [insert('a'), insert('b', { NAME: null, PHONE: '13900000002' })] });
      expect(applied).to.include({ state: 'refused', at: 1 });
      expect(JSON.stringify(applied)).to.not.contain('13900000002');
      expect(await at.all()).to.deep.equal([]);
      expect(await at.sink.mark('applications')).to.equal(null);
    });
    it('takes names of tables and columns only when they are plain', async () => {
      for (const writes of [[{ ...insert('a'), table: 'SUIT" (ID) --' }], [insert('a', { 'NAME" = \'\'': 'x' })]]) {
        let thrown: unknown = null;
        await at.sink.apply({ mark: mark('p1'), writes }).catch((cause: unknown) => {
          thrown = cause;
        });
        expect(thrown).to.be.instanceOf(Error);
      }
      expect(await at.all()).to.deep.equal([]);
    });
    it('keeps text that looks like SQL as text', async () => {
      const nasty = `'); drop table SUIT; --`;
      await at.sink.apply({ mark: mark(nasty), writes: [insert('a', { NAME: nasty })] });
      expect((await at.all()).map((row) => row['NAME'])).to.deep.equal([nasty]);
      expect(await at.sink.mark('applications')).to.equal(nasty);
    });
  });
}
