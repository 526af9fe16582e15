import { expect } from 'chai';
import type { Selection } from '../../src/port/source.ts';
import { Failure } from '../../src/record/failure.ts';
import type { CountyServer } from '../fixtures/county-servers.ts';
import { CutLine } from '../fixtures/cut-line.ts';
import { stillClock } from '../fakes/still-clock.ts';
import { certificate, certificates, keysOf, readOn, sourceSuite, type OpenCounty } from './source.ts';
import { sqlSourceSuite } from './sql-source.ts';

/** How one engine says what the tests need said. */
export interface ServerWords {
  /** Statements that make cert (T is a time without a zone), sheet and kind; figure (ID a big integer, AMOUNT a decimal, AT a time without, SEEN one with a zone, DAY a date). */
  readonly schema: readonly string[];
  /** A view `slow` over cert that takes seconds for each row. */
  readonly slow: string;
  /** Quotes for a name. */
  readonly name: (name: string) => string;
}

export const figures: Selection = { table: 'figure', key: 'ID', columns: ['AMOUNT', 'AT', 'SEEN', 'DAY'], children: [], lookups: [] };

/** What every database server promises, held on a live one. */
export function serverSuite(server: () => CountyServer, { schema, slow, name }: ServerWords): void {
  const clock = stillClock();
  const empty = async (): Promise<void> => {
    for (const table of ['cert', 'sheet', 'kind', 'figure']) await server().write(`delete from ${table}`);
  };
  const fresh: OpenCounty = async (tables, at) => {
    await empty();
    for (const [table, rows] of Object.entries(tables)) await server().insert(table, rows);
    const source = server().open(at);
    return { source, late: (row) => server().insert('cert', [row]), close: () => source.close() };
  };
  const failureOf = async (asking: Promise<unknown>): Promise<Failure> => {
    const thrown = await asking.then(() => null, (cause: unknown) => cause);
    expect(thrown).to.be.instanceOf(Failure);
    return thrown as Failure;
  };
  before(async () => {
    for (const sql of schema) await server().write(sql);
  });

  describe('as every source', () => sourceSuite(fresh));
  describe('as every database', () => sqlSourceSuite(fresh));

  describe('as every server', () => {
    const columns = (...names: readonly string[]): string => names.map(name).join(', ');
    beforeEach(empty);

    it('reads what a transaction writes that began before the reading and committed after it', async () => {
      const source = server().open(clock);
      const pen = await server().pen();
      await pen.write('begin');
      await pen.write(`insert into cert (${columns('ID', 'T', 'NAME')}) values ('early', '2026-11-20 08:00:00', '先')`);
      await server().insert('cert', [certificate('later', '2026-11-20 08:10:00')]);
      const kept = (await readOn(source, null, 10)).at(-1)?.cursor ?? '';
      await pen.write('commit');
      await pen.end();
      expect(keysOf(await readOn(source, kept, 10))).to.deep.equal([]);
      expect(keysOf(await readOn(source, source.rewind(kept, 30), 10))).to.deep.equal(['early', 'later']);
      await source.close();
    });
    it('reads on when its connection is ended between two pages', async () => {
      await server().insert('cert', ['1', '2', '3'].map((id) => certificate(id, '2026-11-20 08:00:00')));
      const source = server().open(clock);
      const keys: string[] = [];
      for (let cursor: string | null = null; ;) {
        const page = await source.changes(certificates, cursor, 1);
        keys.push(...keysOf([page]));
        if (page.caughtUp) break;
        cursor = page.resume;
        await server().kill();
      }
      expect(keys).to.deep.equal(['1', '2', '3']);
      await source.close();
    });
    it('says so when its connection is ended under every question, and reads on from the same cursor afterwards', async () => {
      await server().insert('cert', ['1', '2'].map((id) => certificate(id, '2026-11-20 08:00:00')));
      const source = server().open(clock, { limits: { statementSeconds: 30 } });
      const first = await source.changes(certificates, null, 1);
      const asking = failureOf(source.sweep({ ...certificates, table: 'slow', children: [], lookups: [] }, null, 2));
      for (let ended = false; !ended;) {
        await server().kill();
        ended = await Promise.race([asking.then(() => true), new Promise<boolean>((later) => {
          setImmediate(() => later(false));
        })]);
      }
      expect((await asking).code).to.equal('SOURCE_LOST');
      expect(keysOf(await readOn(source, first.cursor, 10))).to.deep.equal(['2']);
      await source.close();
    });
    it('says by a code that the line was cut, under whichever answer it was, from the first word on', async () => {
      await server().insert('cert', [certificate('1', '2026-11-20 08:00:00')]);
      const told = new Set<string>();
      let nth = 0;
      for (let whole = false; !whole;) {
        nth += 1;
        const line = new CutLine(server().setting.port, nth);
        const source = server().open(clock, { port: await line.open() });
        const asked = await source.sweep(certificates, null, 10).then(() => null, (cause: unknown) => cause);
        await source.close();
        line.close();
        whole = line.cuts === 0;
        told.add(asked instanceof Failure ? asked.code : asked === null ? 'read' : `answer ${nth}: ${String(asked)}`);
      }
      expect([...told]).to.deep.equal(['SOURCE_LOST', 'read']);
      expect(nth).to.be.greaterThan(8);
    });
    it('never hands on the statement of a fault, because values stand in it', async () => {
      await server().insert('cert', [certificate('王小明', null)]);
      const source = server().open(clock);
      const failure = await failureOf(source.changes({ ...certificates, time: 'NAME', where: { KIND: ['王小明'] } }, JSON.stringify({ t: '\ud800', k: 'x' }), -1));
      expect([failure.code, failure.cause, JSON.stringify(failure.facts).includes('王小明')]).to.deep.equal(['SOURCE_REFUSED', undefined, false]);
      await source.close();
    });
    it('is ended by the server when a question takes longer than allowed', async () => {
      await server().insert('cert', [certificate('1', null), certificate('2', null)]);
      const source = server().open(clock, { limits: { statementSeconds: 1 } });
      const { code, facts } = await failureOf(source.sweep({ ...certificates, table: 'slow', children: [], lookups: [] }, null, 2));
      expect([code, facts['seconds']]).to.deep.equal(['SOURCE_SLOW', 1]);
      await source.close();
    });
    it('holds no table between two pages: the county may change it meanwhile', async () => {
      await server().insert('cert', [certificate('1', null)]);
      const source = server().open(clock);
      await source.sweep(certificates, null, 1);
      const pen = await server().pen();
      await pen.write('alter table cert add column EXTRA integer');
      await pen.write('alter table cert drop column EXTRA');
      await pen.end();
      expect(keysOf(await readOn(source, null, 1, 'sweep'))).to.deep.equal(['1']);
      await source.close();
    });
    it('asks one thing at a time over one connection, whoever asks', async () => {
      await server().insert('cert', [certificate('1', null)]);
      const source = server().open(clock);
      const pages = await Promise.all(Array.from({ length: 8 }, () => source.sweep(certificates, null, 10)));
      expect(pages.map((page) => keysOf([page]))).to.deep.equal(pages.map(() => ['1']));
      await source.close();
    });
    it('gives whole numbers beyond 2^53 and decimals as exact text, as keys too', async () => {
      const ids = ['9007199254740991', '9007199254740992', '9007199254740993', '9223372036854775807'];
      for (const id of ids) await server().write(`insert into figure (${columns('ID', 'AMOUNT')}) values (${id}, 12345678901234567890.10)`);
      const source = server().open(clock);
      const pages: (readonly unknown[])[] = [];
      for (const size of [1, 3]) {
        let cursor: string | null = null;
        const rows = [];
        for (;;) {
          const page = await source.sweep(figures, cursor, size);
          rows.push(...page.changes.map((change) => (change.state === 'present' ? [change.row['ID'], change.row['AMOUNT']] : [])));
          if (page.caughtUp) break;
          cursor = page.resume;
        }
        pages.push(rows);
      }
      const expected = ids.map((id, at) => [at === 0 ? 9007199254740991 : id, '12345678901234567890.10']);
      expect(pages).to.deep.equal([expected, expected]);
      expect((await source.one(figures, '9007199254740993')).state).to.equal('present');
      expect((await source.one(figures, '9007199254740994')).state).to.equal('gone');
      expect((await source.one(figures, 'abc')).state).to.equal('gone');
      await source.close();
    });
    it('gives the same times whatever the zone of this machine', async () => {
      await server().write(`insert into figure (${columns('ID', 'AT', 'DAY')}) values (1, '2026-03-08 02:30:00', '2026-03-08'), (2, '1991-04-14 00:30:00', '1991-04-14')`);
      const before = process.env['TZ'];
      const seen = new Set<string>();
      for (const zone of ['UTC', 'Asia/Shanghai', 'America/New_York']) {
        process.env['TZ'] = zone;
        const source = server().open(clock);
        seen.add(JSON.stringify((await source.sweep(figures, null, 10)).changes.map((change) => (change.state === 'present' ? [change.row['AT'], change.row['DAY']] : null))));
        await source.close();
      }
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
      expect([...seen]).to.deep.equal([JSON.stringify([['2026-03-08 02:30:00', '2026-03-08'], ['1991-04-14 00:30:00', '1991-04-14']])]);
    });
    it('says times in the region\'s zone when the county stores them in another, and reads on by the county\'s own', async () => {
      const times = ['2026-11-20 22:00:00', '2026-11-20 23:00:00', '2026-11-21 00:00:00'];
      await server().insert('cert', times.map((time, at) => certificate(String(at), time)));
      const source = server().open(clock, { zone: '+00:00' });
      const pages = await readOn(source, null, 1);
      expect(pages.flatMap((page) => page.changes.map((change) => (change.state === 'present' ? change.row['T'] : null))))
        .to.deep.equal(['2026-11-21 06:00:00', '2026-11-21 07:00:00', '2026-11-21 08:00:00']);
      expect(keysOf(pages)).to.deep.equal(['0', '1', '2']);
      expect(keysOf(await readOn(source, pages[0]?.cursor ?? null, 10))).to.deep.equal(['1', '2']);
      await source.close();
    });
    it('is not stopped by text that points to a table whose key is a number', async () => {
      await server().write(`insert into figure (${columns('ID')}) values (7), (0)`);
      await server().insert('cert', ['7', '无', '', '99999999999999999999999'].map((kind, at) => certificate(String(at), null, { KIND: kind })));
      const source = server().open(clock);
      const lookups = [{ name: 'type', table: 'figure', key: 'ID', by: 'KIND', columns: ['ID'] }];
      const { changes } = await source.sweep({ ...certificates, children: [], lookups }, null, 10);
      expect(changes.map((change) => (change.state === 'present' ? change.lookups['type']?.['ID'] : null))).to.deep.equal([7, undefined, undefined, undefined]);
      await source.close();
    });
    it('says where it cannot be reached, without account or password', async () => {
      const source = server().open(clock, { port: 1, password: 'geheim-7' });
      const failure = await failureOf(source.describe());
      expect(failure.code).to.equal('SOURCE_AWAY');
      expect(JSON.stringify([failure.facts, failure.message])).to.contain('ECONNREFUSED').and.not.contain('geheim').and.not.contain('root');
    });
    it('says its version and clock, whether the account may write, and the indexes of tables', async () => {
      const source = server().open(clock);
      const probe = await source.probe?.(['cert', 'sheet']);
      expect(probe?.version).to.match(/\d+\.\d+/);
      expect(Math.abs((probe?.clockMs ?? 0) - Date.now())).to.be.lessThan(60_000);
      expect(probe?.canWrite).to.equal(true);
      expect(probe?.indexes['cert']).to.deep.include.members([{ columns: ['ID'], unique: true }, { columns: ['T', 'ID'], unique: false }]);
      expect(probe?.indexes['sheet'] ?? []).to.deep.equal([]);
      await source.close();
    });
    it('names tables and columns with their types, keys and comments from the catalogue', async () => {
      const source = server().open(clock);
      const cert = (await source.describe()).find((one) => one.table === 'cert');
      expect(cert?.title).to.equal('证照');
      expect(cert?.columns.map(({ name: column, nullable, key, title }) => [column, nullable, key, title])).to.deep.equal([
        ['ID', false, true, '主键'], ['T', true, undefined, undefined], ['NAME', true, undefined, undefined], ['KIND', true, undefined, undefined],
      ]);
      await source.close();
    });
  });
  before(() => server().write(slow));
}
