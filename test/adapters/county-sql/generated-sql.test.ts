import { expect } from 'chai';
import { openSource as openDameng } from '../../../adapters/county-dameng/source.ts';
import { openSource as openOracle } from '../../../adapters/county-oracle/source.ts';
import { openSource as openSqlserver } from '../../../adapters/county-sqlserver/source.ts';
import type { Selection, Source } from '../../../src/port/source.ts';
import { stillClock } from '../../fakes/still-clock.ts';

type Answer = (sql: string, values: readonly unknown[]) => { readonly names: readonly string[]; readonly rows: readonly (readonly unknown[])[] } | undefined;

/** A server that is not there: what it was asked, and what it says to it. */
class Recorded {
  readonly asked: string[] = [];
  readonly values: (readonly unknown[])[] = [];
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  ask(sql: string, values: readonly unknown[]): { readonly names: readonly string[]; readonly rows: readonly (readonly unknown[])[] } {
    this.asked.push(sql.replace(/\s+/g, ' '));
    this.values.push(values);
    return this.#answer(sql, values) ?? { names: [], rows: [] };
  }

  /** The questions about the county's own tables, with their values. */
  about(table: string): readonly (readonly [string, readonly unknown[]])[] {
    return this.asked.flatMap((sql, at) => (sql.includes(table) && !sql.includes('all_tab_columns') ? [[sql, this.values[at] ?? []] as const] : []));
  }
}

const clock = stillClock();
const setting = { host: '10.1.1.1', user: 'reader', password: 'geheim', zone: '+08:00', limits: { connections: 1, pageRows: 100, connectSeconds: 3, statementSeconds: 7 } };
const cases: Selection = {
  table: 'CASES', key: 'ID', time: 'MODIFIED', columns: ['NAME', 'FEE'], where: { STATE: ['1', '2'] },
  children: [{ name: 'steps', table: 'STEPS', parent: 'CASE_ID', columns: ['SAYS'], order: ['NO'] }], lookups: [],
};

function oracleLike(recorded: Recorded): unknown {
  return {
    OUT_FORMAT_ARRAY: 1, STRING: 2, BUFFER: 3, DB_TYPE_CLOB: 4, DB_TYPE_NCLOB: 5, DB_TYPE_BLOB: 6, CLOB: 7,
    getConnection: async () => ({
      execute: async (sql: string, values: readonly unknown[]) => {
        const { names, rows } = recorded.ask(sql, values);
        return { rows, metaData: names.map((name) => ({ name })) };
      },
      commit: async () => void recorded.ask('commit', []),
      close: async () => undefined,
    }),
  };
}

function oracleAnswer(types: Readonly<Record<string, string>>): Answer {
  return (sql, values) => {
    if (sql.includes('nls_database_parameters')) return { names: ['set'], rows: [['AL32UTF8']] };
    if (sql.includes('from dual')) return { names: ['sign'], rows: [[values[0]]] };
    if (sql.includes('all_tab_columns')) return { names: ['name', 'type'], rows: Object.entries(values[0] === 'CASES' ? types : { CASE_ID: 'NUMBER', NO: 'NUMBER', SAYS: 'CLOB' }) };
    if (sql.includes('"CASES"')) return { names: ['ID', 'MODIFIED', 'NAME', 'FEE'], rows: [['9007199254740993', '2026-11-20 08:00:00.500000', '张三', '.5']] };
    if (sql.includes('"STEPS"')) return { names: ['CASE_ID', 'NO', 'SAYS'], rows: [['9007199254740993', '1', '同意']] };
    return undefined;
  };
}

async function pages(source: Source): Promise<readonly unknown[]> {
  const first = await source.changes(cases, null, 1);
  const second = await source.changes(cases, first.resume, 1);
  await source.close();
  return [first, second].map((page) => page.changes[0]);
}

describe('the questions put to engines of which no server was at hand', () => {
  it('are cut by ROWNUM for Oracle, 11g too, with dates and numbers as the server writes them', async () => {
    const types = { ID: 'NUMBER', MODIFIED: 'TIMESTAMP(6)', NAME: 'NVARCHAR2', FEE: 'NUMBER', STATE: 'CHAR' };
    const recorded = new Recorded(oracleAnswer(types));
    const source = openOracle({ engine: 'oracle', port: 1521, service: 'orcl', schema: 'HALL', ...setting }, clock, async () => oracleLike(recorded));
    const [change] = await pages(source);
    expect(change).to.deep.include({ key: '9007199254740993', row: { ID: '9007199254740993', MODIFIED: '2026-11-20 08:00:00.5', NAME: '张三', FEE: '0.5' } });
    expect(change).to.have.nested.property('children.steps[0].SAYS', '同意');
    const shown = `to_char(t."ID") as "ID", to_char(t."MODIFIED", 'YYYY-MM-DD HH24:MI:SS.FF') as "MODIFIED", "NAME", to_char(t."FEE") as "FEE"`;
    const at = (n: number): string => `to_timestamp(:${n}, 'YYYY-MM-DD HH24:MI:SS.FF')`;
    expect(recorded.about('"CASES"')).to.deep.equal([
      [`select * from (select ${shown} from "CASES" t where "MODIFIED" is not null and "ID" is not null and rtrim(to_char("STATE")) in (:1, :2) order by t."MODIFIED", t."ID") where rownum <= 1`, ['1', '2']],
      [`select * from (select ${shown} from "CASES" t where "MODIFIED" >= ${at(1)} and ("MODIFIED" > ${at(2)} or ("MODIFIED" = ${at(3)} and "ID" > to_number(:4))) and rtrim(to_char("STATE")) in (:5, :6) order by t."MODIFIED", t."ID") where rownum <= 1`,
        ['2026-11-20 08:00:00.5', '2026-11-20 08:00:00.5', '2026-11-20 08:00:00.5', '9007199254740993', '1', '2']],
    ]);
    expect(recorded.about('"STEPS"')[0]).to.deep.equal([
      'select to_char(t."CASE_ID") as "CASE_ID", to_char(t."NO") as "NO", substr(t."SAYS", 1, 100001) as "SAYS" from "STEPS" t where "CASE_ID" in (to_number(:1)) order by t."CASE_ID", t."NO"', ['9007199254740993'],
    ]);
    expect(recorded.asked.join('\n')).to.not.match(/offset|fetch (?:first|next)|geheim/i);
    expect(recorded.asked.filter((sql) => sql === 'set transaction read only')).to.have.length(2);
    expect(recorded.asked).to.include('alter session set current_schema = "HALL"');
  });
  it('give an Oracle DATE its time, and 1,001 keys in lists of at most 1,000', async () => {
    const recorded = new Recorded((sql, values) => {
      if (sql.includes('"CASES"')) return { names: ['ID', 'MODIFIED', 'NAME', 'FEE'], rows: Array.from({ length: 1001 }, (_, n) => [String(n), '2026-11-20 08:00:00', null, null]) };
      return oracleAnswer({ ID: 'NUMBER', MODIFIED: 'DATE', NAME: 'VARCHAR2', FEE: 'NUMBER', STATE: 'VARCHAR2' })(sql, values);
    });
    const source = openOracle({ engine: 'oracle', port: 1521, service: 'orcl', ...setting, limits: { ...setting.limits, pageRows: 2000 } }, clock, async () => oracleLike(recorded));
    await source.changes(cases, JSON.stringify({ t: '2026-11-20 07:00:00', k: '' }), 2000);
    await source.close();
    expect(recorded.about('"CASES"')[0]?.[0]).to.contain(`to_char(t."MODIFIED", 'YYYY-MM-DD HH24:MI:SS')`).and.contain(`"MODIFIED" >= to_date(:1, 'YYYY-MM-DD HH24:MI:SS') and "ID" is not null`);
    expect(recorded.about('"STEPS"').map(([, values]) => values.length)).to.deep.equal([1000, 1]);
  });
  it('hold each value against a column of SQL Server as the column\'s own type', async () => {
    const types = { ID: 'varchar', MODIFIED: 'datetime', NAME: 'nvarchar', FEE: 'money', STATE: 'char' };
    const recorded = new Recorded((sql, values) => {
      if (sql.includes('snapshot_isolation_state')) return { names: ['state'], rows: [['1']] };
      if (sql.includes('as sign')) return { names: ['sign'], rows: [[values[0]]] };
      if (sql.includes('information_schema')) return { names: ['name', 'type'], rows: Object.entries(values[1] === 'CASES' ? types : { CASE_ID: 'varchar', NO: 'int', SAYS: 'ntext' }) };
      if (sql.includes('[CASES]')) return { names: ['ID', 'MODIFIED', 'NAME', 'FEE'], rows: [['A', '2026-11-20 08:00:00.000', '张三', '12.5000']] };
      return undefined;
    });
    class ConnectionPool {
      on(): void {}
      async connect(): Promise<void> {}
      async close(): Promise<void> {}
      request(): unknown {
        const values: unknown[] = [];
        return {
          arrayRowMode: false,
          input: (_name: string, _type: unknown, value: unknown) => void values.push(value),
          query: async (sql: string) => {
            const { names, rows } = recorded.ask(sql, values);
            return { recordset: rows, columns: [names.map((name) => ({ name }))] };
          },
        };
      }
    }
    const source = openSqlserver({ engine: 'sqlserver', port: 1433, database: 'hall', schema: 'dbo', ...setting }, clock, async () => ({ ConnectionPool, NVarChar: (length: number) => length }));
    const [change] = await pages(source);
    expect(change).to.deep.include({ key: 'A', row: { ID: 'A', MODIFIED: '2026-11-20 08:00:00', NAME: '张三', FEE: '12.5000' } });
    const at = (n: number): string => `convert(datetime, @p${n}, 121)`;
    expect(recorded.about('[CASES]')[1]?.[0]).to.equal(`select top (1) [ID], convert(varchar(23), t.[MODIFIED], 121) as [MODIFIED], left(t.[NAME], 100001) as [NAME], convert(varchar(40), t.[FEE], 2) as [FEE]
      from [dbo].[CASES] t where [MODIFIED] >= ${at(1)} and ([MODIFIED] > ${at(2)} or ([MODIFIED] = ${at(3)} and [ID] > convert(varchar(8000), @p4)))
      and rtrim(convert(nvarchar(4000), [STATE])) in (@p5, @p6) order by t.[MODIFIED], t.[ID]`.replace(/\s+/g, ' '));
    expect(recorded.about('[STEPS]')[0]?.[0]).to.contain('left(convert(nvarchar(max), t.[SAYS]), 100001) as [SAYS]');
    expect(recorded.asked).to.include('set transaction isolation level snapshot');
    expect(recorded.asked.join('\n')).to.not.match(/nolock/i);
  });
  it('are cut by limit for 达梦, with dates and numbers as the server writes them', async () => {
    const types = { ID: 'BIGINT', MODIFIED: 'TIMESTAMP', NAME: 'VARCHAR', FEE: 'DEC', STATE: 'VARCHAR' };
    const recorded = new Recorded(oracleAnswer(types));
    const source = openDameng({ engine: 'dameng', port: 5236, schema: 'HALL', ...setting }, clock, async () => oracleLike(recorded));
    const [change] = await pages(source);
    expect(change).to.deep.include({ key: '9007199254740993', row: { ID: '9007199254740993', MODIFIED: '2026-11-20 08:00:00.5', NAME: '张三', FEE: '0.5' } });
    expect(recorded.about('"CASES"')[1]?.[0]).to.match(/where "MODIFIED" >= cast\(\? as timestamp\) and .* order by t\."MODIFIED", t\."ID" limit 1$/);
    expect(recorded.about('"STEPS"')[0]?.[0]).to.contain('substr(t."SAYS", 1, 100001) as "SAYS"');
  });
  it('are not put at all when the driver has not been installed, and the remedy is told', async () => {
    const { optionalDriver } = await import('../../../adapters/county-sql/driver.ts');
    const thrown = await optionalDriver('a-driver-nobody-has').then(() => null, (cause: unknown) => cause);
    expect(thrown).to.have.property('code', 'DRIVER_MISSING');
    expect(await optionalDriver('oracledb')).to.have.property('getConnection');
  });
});

describe('drivers of engines of which no server was at hand', () => {
  const nowhere = { ...setting, host: '127.0.0.1', limits: { ...setting.limits, connectSeconds: 2 } };
  const sources: Readonly<Record<string, () => Source>> = {
    Oracle: () => openOracle({ engine: 'oracle', port: 1, service: 'orcl', ...nowhere }, clock),
    'SQL Server': () => openSqlserver({ engine: 'sqlserver', port: 1, database: 'hall', schema: 'dbo', ...nowhere }, clock),
    达梦: () => openDameng({ engine: 'dameng', port: 1, ...nowhere }, clock),
  };
  for (const [name, open] of Object.entries(sources)) {
    it(`say that ${name} cannot be reached, without account or password`, async () => {
      const source = open();
      const thrown = await source.describe().then(() => null, (cause: unknown) => cause);
      await source.close();
      expect(thrown).to.have.property('code', 'SOURCE_AWAY');
      expect(JSON.stringify(thrown)).to.not.match(/geheim|reader/);
    });
  }
});
