import { expect } from 'chai';
import { connect, readOnly } from '../../../adapters/county-mariadb/connection.ts';
import type { MariadbSetting } from '../../../src/port/source-setting.ts';
import { serverSuite } from '../../contract-suites/server-source.ts';
import { certificate, certificates, keysOf, readOn } from '../../contract-suites/source.ts';
import { stillClock } from '../../fakes/still-clock.ts';
import { mariadbServer, withServer } from '../../fixtures/county-servers.ts';

const schema = [
  `create table cert (ID varchar(64) collate utf8mb4_bin primary key comment '主键', T datetime, NAME varchar(200), KIND varchar(64), key (T, ID)) comment '证照'`,
  'create table sheet (CERT varchar(64), NO int, SAYS longtext)',
  'create table kind (CODE varchar(64) primary key, LABEL varchar(200))',
  'create table figure (ID bigint primary key, AMOUNT decimal(30, 2), AT datetime, SEEN timestamp null, DAY date)',
];

describe('a county in MariaDB', () => {
  const server = withServer('MariaDB (127.0.0.1:3306)', mariadbServer);
  const setting = (): MariadbSetting => server().setting as MariadbSetting;
  serverSuite(server, { schema, slow: 'create view slow as select c.*, sleep(3) as Z from cert c where sleep(3) = 0', name: (name) => `\`${name}\`` });

  describe('of its own', () => {
    it('gives 0000-00-00 as it stands, and reads such a row as one without a time', async () => {
      await server().write('delete from cert');
      const pen = await server().pen();
      await pen.write(`set session sql_mode = ''`);
      await pen.write(`insert into cert (ID, T) values ('zero', '0000-00-00 00:00:00'), ('lost', '2031-02-29 00:00:00')`);
      await pen.end();
      await server().insert('cert', [certificate('right', '2026-11-20 08:00:00')]);
      const source = server().open(stillClock());
      const pages = await readOn(source, null, 1);
      expect(new Set(keysOf(pages))).to.deep.equal(new Set(['zero', 'lost', 'right']));
      const times = pages.flatMap((page) => page.changes.map((change) => (change.state === 'present' ? change.row['T'] : null)));
      expect(new Set(times)).to.deep.equal(new Set(['0000-00-00 00:00:00', '2026-11-20 08:00:00']));
      await source.close();
    });
    it('reads a time with a zone in the zone of the county, whatever the server\'s', async () => {
      await server().write('delete from figure');
      const pen = await server().pen();
      await pen.write(`set time_zone = '-05:00'`);
      await pen.write(`insert into figure (ID, SEEN) values (1, '2026-11-20 07:00:00')`);
      await pen.end();
      const source = server().open(stillClock());
      const { changes } = await source.sweep({ table: 'figure', key: 'ID', columns: ['SEEN'], children: [], lookups: [] }, null, 1);
      expect(changes[0]?.state === 'present' ? changes[0].row['SEEN'] : null).to.equal('2026-11-20 20:00:00');
      await source.close();
    });
    it('reads a table that is kept in GBK as what it says', async () => {
      await server().write('create table old (ID varchar(20) primary key, NAME varchar(20)) character set gbk');
      await server().write(`insert into old values ('1', '旗联网关')`);
      const source = server().open(stillClock());
      const { changes } = await source.sweep({ table: 'old', key: 'ID', columns: ['NAME'], children: [], lookups: [] }, null, 1);
      expect(changes[0]?.state === 'present' ? changes[0].row['NAME'] : null).to.equal('旗联网关');
      await source.close();
    });
    it('can only look: whatever it is told, nothing is written', async () => {
      const connection = await connect(setting());
      await readOnly(connection, setting());
      for (const sql of [`insert into kind values ('x', 'y')`, 'delete from cert', 'create table stray (a int)', 'select * from cert for update']) {
        await connection.query('start transaction with consistent snapshot, read only');
        const thrown = await connection.query(sql).then(() => null, (cause: unknown) => cause);
        expect(thrown, sql).to.have.property('code', 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION');
        await connection.query('rollback');
      }
      connection.destroy();
    });
    it('goes through (time, key) by its index, not by looking at every row', async () => {
      const plan = await server().ask(`explain select ID from cert where T >= '2026-11-20' and (T > '2026-11-20' or (T = '2026-11-20' and ID > 'a')) order by T, ID limit 10`);
      expect(plan[0]).to.include({ key: 'T' });
    });
    it('says that account or password are wrong', async () => {
      const source = server().open(stillClock(), { password: 'not-this-one' });
      const thrown = await source.changes(certificates, null, 1).then(() => null, (cause: unknown) => cause);
      expect(thrown).to.have.property('code', 'SOURCE_DENIED');
      expect(JSON.stringify(thrown)).not.to.contain('not-this-one');
    });
  });
});
