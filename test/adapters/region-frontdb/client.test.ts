import { expect } from 'chai';
import { openRegion } from '../../../adapters/region-frontdb/client.ts';
import type { FrontdbProfile } from '../../../src/port/profile.ts';
import type { Region } from '../../../src/port/region.ts';
import type { Entry, Parcel } from '../../../src/record/batch.ts';
import { absent, exchangeOnMariadb, exchangeOnPostgres, type ExchangeDatabase } from '../../fixtures/exchange-databases.ts';
import { LossyLine } from '../../fakes/lossy-line.ts';

const entry = (rowGuid: string, name: string, operation: Entry['operation'] = 'create'): Entry => ({
  table: 'up_lic_data', rowGuid, operation, digest: '', body: JSON.stringify(operation === 'remove' ? { row_guid: rowGuid } : { row_guid: rowGuid, certificate_name: name, pages: 2 }),
});

const profileAt = (database: FrontdbProfile['database'], change: Partial<FrontdbProfile['exchange']> = {}): FrontdbProfile => ({
  profile: 'test', title: 'test', transport: 'frontdb', database, identity: { dataSource: '150' }, order: [], text: { unit: 'characters', repertoire: 'bmp' },
  records: { fields: { cd_operation: '{operation}', cd_batch: '{batchNo}', is_sync: '0' }, operations: { create: 'I', update: 'U', remove: 'D' }, removal: 'keys' },
  limits: { recordsPerBatch: 100, bytesPerBatch: 1_000_000, connections: 2, connectMs: 2_000, answerMs: 5_000, answerBytes: 1, restCapMs: 1 },
  exchange: {
    batch: 'cd_batch', rowGuid: 'row_guid', synced: { column: 'is_sync', done: ['1'] },
    errors: [{ table: 'dn_lic_data_error', batch: 'cd_batch', rowGuid: 'row_guid', message: 'error_remark' }], ...change,
  },
});

for (const [name, open, port] of [['MariaDB', exchangeOnMariadb, 3306], ['PostgreSQL', exchangeOnPostgres, 5432]] as const) {
  describe(`the region over an exchange database on ${name}`, () => {
    let exchange: ExchangeDatabase;
    let line: LossyLine;
    let region: Region;

    before(async function () {
      const found = await open();
      if (found === null) {
        absent(name);
        this.skip();
      }
      exchange = found;
      await exchange.ask('create table up_lic_data (id int, row_guid varchar(50), certificate_name varchar(20), pages int, cd_operation varchar(2), cd_batch varchar(32), is_sync varchar(1))');
      await exchange.ask('create table dn_lic_data_error (row_guid varchar(50), cd_batch varchar(32), error_remark varchar(512))');
      line = new LossyLine(port);
      region = openRegion(profileAt(exchange.setting(await line.open())));
    });
    beforeEach(async () => {
      await exchange.ask('delete from up_lic_data');
      await exchange.ask('delete from dn_lic_data_error');
    });
    after(async () => {
      await region?.close();
      line?.close();
      await exchange?.drop();
    });
    const parcel = (no: string, entries: readonly Entry[] = [entry('1', '营业执照'), entry('2', '𠮷田')]): Parcel => region.wrap({ no, table: 'up_lic_data', time: '2026-11-23 15:00:00' }, entries);
    const count = async (): Promise<number> => Number((await exchange.ask('select count(*) as n from up_lic_data'))[0]?.['n']);

    it('gets the rows of a batch, is at work on them until its poller has taken them, then has accepted them', async () => {
      const batch = parcel('B1', [entry('1', '营业执照'), entry('2', '𠮷田'), entry('3', '', 'remove')]);
      expect(await region.push(batch)).to.deep.equal({ verdict: 'in-progress' });
      expect((await exchange.ask('select row_guid, certificate_name, pages, cd_operation, cd_batch, is_sync from up_lic_data order by row_guid')).map((row) => Object.values(row).map(String))).to.deep.equal([
        ['1', '营业执照', '2', 'I', 'B1', '0'], ['2', '𠮷田', '2', 'I', 'B1', '0'], ['3', 'null', 'null', 'D', 'B1', '0'],
      ]);
      expect(await region.ask(batch)).to.deep.equal({ verdict: 'in-progress' });
      await exchange.ask(`update up_lic_data set is_sync = '1'`);
      const fate = await region.ask(batch);
      expect(fate.verdict === 'settled' ? fate.receipts.map((one) => one.verdict) : fate).to.deep.equal(['accepted', 'accepted', 'accepted']);
    });
    it('refuses the records its error table names, in its own words', async () => {
      const batch = parcel('B2');
      await region.push(batch);
      await exchange.ask(`update up_lic_data set is_sync = '1'`);
      await exchange.ask(`insert into dn_lic_data_error values ('2', 'B2', '持证者代码有误'), ('1', 'OTHER', '别的批次')`);
      const fate = await region.ask(batch);
      expect(fate.verdict === 'settled' ? fate.receipts : fate).to.deep.equal([
        { rowGuid: '1', verdict: 'accepted', code: '' }, { rowGuid: '2', verdict: 'refused', code: 'dn_lic_data_error', message: '持证者代码有误' },
      ]);
    });
    it('is not written to twice when the answer to the commit is lost, asked first or not', async () => {
      for (const asked of [true, false]) {
        await exchange.ask('delete from up_lic_data');
        const batch = parcel(`B3${asked}`);
        line.toLose = 1;
        expect((await region.push(batch)).verdict).to.equal('unknown');
        if (asked) expect(await region.ask(batch)).to.deep.equal({ verdict: 'in-progress' });
        expect(await region.push(batch), 'sent again').to.deep.equal({ verdict: 'in-progress' });
        expect(await count()).to.equal(2);
      }
    });
    it('that never had a batch says so, and of one whose rows are there in part nobody knows', async () => {
      expect(await region.ask(parcel('B4'))).to.deep.equal({ verdict: 'never-seen' });
      await exchange.ask(`insert into up_lic_data (row_guid, cd_batch, is_sync) values ('1', 'B4', '1')`);
      expect(await region.ask(parcel('B4'))).to.deep.equal({ verdict: 'unknown', reason: 'ROWS_PARTLY_THERE 1/2' });
    });
    it('refuses a value it would have to cut, all of the batch with it, and the value is not told', async () => {
      const answer = await region.push(parcel('B5', [entry('1', '好'), entry('2', '太长'.repeat(20))]));
      expect(answer.verdict).to.equal('refused');
      expect(JSON.stringify(answer)).to.not.contain('太长');
      expect(await count()).to.equal(0);
    });
    it('that has no such table denies us', async () => {
      const other = parcel('B6');
      expect((await region.push({ ...other, table: 'up_nothing' })).verdict).to.equal('denied');
    });
    it('that is away is come back to later', async () => {
      const away = openRegion(profileAt(exchange.setting(9)));
      expect((await away.push(parcel('B7'))).verdict).to.equal('later');
      expect((await away.ask(parcel('B7'))).verdict).to.equal('later');
      await away.close();
    });
    it('tells, without writing, which tables and columns it lacks and what the account may not do', async () => {
      const samples = [entry('', ''), { ...entry('', ''), table: 'up_nothing' }, { ...entry('', ''), table: 'up_old', body: JSON.stringify({ row_guid: '', certificate_name: '', fresh: '' }) }];
      await exchange.ask('create table up_old (row_guid varchar(50), certificate_name varchar(20), cd_operation varchar(2), cd_batch varchar(32), is_sync varchar(1))');
      const found = await region.probe?.(samples);
      expect(found?.tables).to.deep.equal([
        { table: 'up_lic_data', use: 'write', missing: [], refused: null }, { table: 'up_nothing', use: 'write', missing: null, refused: null },
        { table: 'up_old', use: 'write', missing: ['fresh'], refused: null }, { table: 'dn_lic_data_error', use: 'read', missing: [], refused: null },
      ]);
      expect([found?.wide, Math.abs((found?.clockMs ?? 0) - Date.now()) < 60_000, await count()]).to.deep.equal([true, true, 0]);
      const reader = await exchange.reader();
      const other = openRegion(profileAt({ ...exchange.setting(port), ...reader }));
      const [table, errors] = (await other.probe?.(samples.slice(0, 1)))?.tables ?? [];
      expect([table?.missing, errors?.refused]).to.deep.equal([[], null]);
      expect(table?.refused).to.be.oneOf(['42501', 'ER_TABLEACCESS_DENIED_ERROR']);
      await other.close();
      const away = openRegion(profileAt(exchange.setting(9)));
      expect(await away.probe?.(samples).then(() => '', (cause: { code: string }) => cause.code)).to.equal('SOURCE_AWAY');
      await away.close();
    });
    it('without a flag of the poller has accepted what is written', async () => {
      const { synced: _synced, ...exchangeRule } = profileAt(exchange.setting(port)).exchange;
      const plain = openRegion({ ...profileAt(exchange.setting(port)), exchange: exchangeRule });
      expect((await plain.push(parcel('B8'))).verdict).to.equal('settled');
      await plain.close();
    });
  });
}
