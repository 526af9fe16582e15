import { expect } from 'chai';
import type { Selection } from '../../src/port/source.ts';
import { longestCell } from '../../src/record/change.ts';
import { certificate, certificates, keysOf, openingWith, readOn, type OpenCounty } from './source.ts';

/** What every source promises that asks a database in SQL. */
export function sqlSourceSuite(open: OpenCounty): void {
  const { openWith } = openingWith(open);

  it('takes a value with quotes and backslashes for a value', async () => {
    const ids = [`a'; drop table cert; --`, `b\\' or 1=1 --`];
    const { source } = await openWith({ cert: ids.map((id) => certificate(id, null, { KIND: `x'y\\` })) });
    expect(keysOf(await readOn(source, null, 1, 'sweep'))).to.deep.equal(ids);
    for (const id of ids) expect((await source.one(certificates, id)).state).to.equal('present');
    expect((await source.sweep({ ...certificates, where: { KIND: [`x'y\\`] } }, null, 10)).changes).to.have.length(2);
  });
  it('refuses a name with a quote, a space or a semicolon before the database sees it', async () => {
    const { source } = await openWith({ cert: [certificate('A', null)] });
    for (const name of ['ce"rt', 'ce`rt', 'cert; drop table kind', 'a b', '', '1a', 'a--', "a'"]) {
      for (const selection of [{ ...certificates, table: name }, { ...certificates, columns: [name] }, { ...certificates, key: name }]) {
        const thrown = await source.sweep(selection, null, 10).catch((cause: unknown) => cause);
        expect(thrown, name).to.be.instanceOf(Error).with.property('message', `not an identifier: ${JSON.stringify(name)}`);
      }
    }
  });
  it('asks for the beginning only of a cell that is longer than is read, and for the whole of any other', async () => {
    const texts = ['一'.repeat(longestCell), '二'.repeat(longestCell + 50), '𠮷'.repeat(longestCell + 50), '短'];
    const { source } = await openWith({ cert: [certificate('A', null)], sheet: texts.map((says, at) => ({ CERT: 'A', NO: at, SAYS: says })) });
    const { changes: [change] } = await source.sweep(certificates, null, 10);
    const read = change?.state === 'present' ? change.children['sheets']?.map((row) => String(row['SAYS'])) ?? [] : [];
    expect(read.map((text) => [[...text].length, text.slice(0, 2)])).to.deep.equal([[longestCell, '一一'], [longestCell + 1, '二二'], [longestCell + 1, '𠮷'], [1, '短']]);
  });
  it('names a table or a column that the county does not have', async () => {
    const { source } = await openWith({ cert: [certificate('A', null)] });
    const codeOf = async (change: Partial<Selection>): Promise<unknown> => source.sweep({ ...certificates, ...change }, null, 10).catch((cause: unknown) => cause instanceof Error && 'code' in cause ? cause.code : cause);
    expect(await codeOf({ table: 'nowhere' })).to.equal('TABLE_ABSENT');
    expect(await codeOf({ columns: ['NOBODY'] })).to.equal('COLUMN_ABSENT');
    expect(await codeOf({ lookups: [{ name: 'type', table: 'kind', key: 'NOBODY', by: 'KIND', columns: [] }] })).to.equal('COLUMN_ABSENT');
  });
}
