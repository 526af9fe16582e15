import { expect } from 'chai';
import { connect, readOnly } from '../../../adapters/county-postgres/connection.ts';
import type { PostgresSetting } from '../../../src/port/source-setting.ts';
import { longestCell } from '../../../src/record/change.ts';
import { serverSuite } from '../../contract-suites/server-source.ts';
import { stillClock } from '../../fakes/still-clock.ts';
import { postgresServer, withServer } from '../../fixtures/county-servers.ts';

const schema = [
  `create table cert ("ID" varchar(64) collate "C" primary key, "T" timestamp, "NAME" varchar(200), "KIND" varchar(64))`,
  `create index on cert ("T", "ID")`,
  `comment on table cert is '证照'`,
  `comment on column cert."ID" is '主键'`,
  `create table sheet ("CERT" varchar(64), "NO" int, "SAYS" text)`,
  `create table kind ("CODE" varchar(64) primary key, "LABEL" varchar(200))`,
  `create table figure ("ID" bigint primary key, "AMOUNT" numeric(30, 2), "AT" timestamp, "SEEN" timestamptz, "DAY" date)`,
];

describe('a county in PostgreSQL', () => {
  const server = withServer('PostgreSQL (127.0.0.1:5432)', postgresServer);
  const setting = (): PostgresSetting => server().setting as PostgresSetting;
  serverSuite(server, { schema, slow: 'create view slow as select c.*, pg_sleep(3)::text as "Z" from cert c where pg_sleep(3) is not null', name: (name) => `"${name}"` });

  describe('of its own', () => {
    it('reads every type as the text or number a mapping expects', async () => {
      await server().write(`create table kinds ("ID" char(8) primary key, yes boolean, bytes bytea, real double precision, seen timestamptz, doc jsonb, u uuid, list text[], never timestamp, fine timestamp(3))`);
      await server().write(`insert into kinds values ('a', true, convert_to('旗', 'UTF8'), 0.1, '2026-11-20 07:00:00-05', '{"a":1}', '00000000-0000-0000-0000-000000000001', array['甲','乙'], 'infinity', '2026-11-20 08:00:00.125'), ('b', false, null, 'NaN', null, null, null, null, null, null)`);
      const source = server().open(stillClock());
      const selection = { table: 'kinds', key: 'ID', columns: ['yes', 'bytes', 'real', 'seen', 'doc', 'u', 'list', 'never', 'fine'], children: [], lookups: [] };
      const { changes } = await source.sweep(selection, null, 10);
      expect(changes.map((change) => (change.state === 'present' ? Object.values(change.row) : null))).to.deep.equal([
        ['a', 1, '旗', 0.1, '2026-11-20 20:00:00', '{"a": 1}', '00000000-0000-0000-0000-000000000001', '{甲,乙}', 'infinity', '2026-11-20 08:00:00.125'],
        ['b', 0, null, 'NaN', null, null, null, null, null, null],
      ]);
      expect((await source.sweep({ ...selection, where: { yes: ['1'] } }, null, 10)).changes.map((change) => change.key)).to.deep.equal(['a']);
      expect((await source.one(selection, 'a')).state).to.equal('present');
      await source.close();
    });
    it('asks for the beginning only, whatever type is longer than is read', async () => {
      await server().write(`create table vast ("ID" text primary key, bytes bytea, doc jsonb, list text[], wide varchar, fixed varchar(200000))`);
      await server().write(`insert into vast select 'a', convert_to(n, 'UTF8'), to_jsonb(n), array[n], n, n from (select repeat('x', 150000) as n) t`);
      const source = server().open(stillClock());
      const { changes: [change] } = await source.sweep({ table: 'vast', key: 'ID', columns: ['bytes', 'doc', 'list', 'wide', 'fixed'], children: [], lookups: [] }, null, 10);
      expect(change?.state === 'present' ? Object.values(change.row).map((cell) => String(cell).length) : null).to.deep.equal([1, ...Array.from({ length: 5 }, () => longestCell + 1)]);
      await source.close();
    });
    it('can only look: whatever it is told, nothing is written', async () => {
      const client = await connect(setting());
      await readOnly(client, setting());
      for (const sql of [`insert into kind values ('x', 'y')`, 'delete from cert', 'create table stray (a int)', 'select * from cert for update', `select nextval('stray')`]) {
        const thrown = await client.query(sql).then(() => null, (cause: unknown) => cause);
        expect(thrown, sql).to.have.property('code').that.is.oneOf(['25006', '42P01']);
      }
      await client.end();
    });
    it('goes through (time, key) by its index, not by looking at every row', async () => {
      await server().write('set enable_seqscan = off; set enable_bitmapscan = off');
      const plan = await server().ask(`explain select "ID" from cert where "T" >= '2026-11-20' and ("T", "ID") > ('2026-11-20', 'a') order by "T", "ID" limit 10`);
      await server().write('reset enable_seqscan; reset enable_bitmapscan');
      expect(plan.map((line) => String(line['QUERY PLAN'])).join('\n')).to.match(/Index (?:Only )?Scan using "?cert_T/).and.not.match(/Sort/);
    });
    it('says that the account is unknown, and that there is no such database', async () => {
      for (const change of [{ user: 'nobody-here' }, { database: 'nowhere-here' }]) {
        const source = server().open(stillClock(), change as object);
        const thrown = await source.describe().then(() => null, (cause: unknown) => cause);
        expect(thrown).to.have.property('code', 'SOURCE_DENIED');
      }
    });
    it('refuses a database without an encoding, whose characters nobody can vouch for', async () => {
      const name = setting().database.replace('qilian', 'qilian_ascii');
      await server().write(`create database ${name} encoding 'SQL_ASCII' locale 'C' template template0`);
      const source = server().open(stillClock(), { database: name } as object);
      const thrown = await source.describe().then(() => null, (cause: unknown) => cause);
      await source.close();
      await server().write(`drop database ${name} with (force)`);
      expect(thrown).to.have.property('code', 'SOURCE_CHARSET');
    });
  });
});
