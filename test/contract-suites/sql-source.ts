import { expect } from 'chai';
import type { Selection } from '../../src/port/source.ts';
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
  it('names a table or a column that the county does not have', async () => {
    const { source } = await openWith({ cert: [certificate('A', null)] });
    const codeOf = async (change: Partial<Selection>): Promise<unknown> => source.sweep({ ...certificates, ...change }, null, 10).catch((cause: unknown) => cause instanceof Error && 'code' in cause ? cause.code : cause);
    expect(await codeOf({ table: 'nowhere' })).to.equal('TABLE_ABSENT');
    expect(await codeOf({ columns: ['NOBODY'] })).to.equal('COLUMN_ABSENT');
    expect(await codeOf({ lookups: [{ name: 'type', table: 'kind', key: 'NOBODY', by: 'KIND', columns: [] }] })).to.equal('COLUMN_ABSENT');
  });
}
