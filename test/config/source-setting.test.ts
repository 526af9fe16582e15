import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { placeOf } from '../../src/port/source-setting.ts';
import { loadChanged, env, mistakesOf, type Change } from '../fixtures/site-files.ts';
import { root } from '../house/tree.ts';

const sqlite = '{ engine: sqlite, file: "${DATA}/county.db" }';
const as = (setting: string): Change => ['gateway.yaml', sqlite, setting];
const told = async (setting: string): Promise<readonly string[]> =>
  (await mistakesOf(as(setting))).map(({ code, line, column, facts }) => [code, `${line}:${column}`, ...Object.values(facts)].join(' '));

describe('a source in gateway.yaml', () => {
  it('is read by its engine, with what was left out filled in', async () => {
    const loaded = await loadChanged([as('{ engine: mysql, host: 10.0.0.1, database: zhdt, user: reader, password: "${PW}", limits: { statementSeconds: 60 } }')], { ...env, PW: 'secret' });
    expect('site' in loaded ? loaded.site.sources['hall'] : loaded.mistakes).to.deep.equal({
      engine: 'mysql', host: '10.0.0.1', port: 3306, database: 'zhdt', user: 'reader', password: 'secret', zone: '+08:00',
      limits: { connections: 1, pageRows: 4000, connectSeconds: 10, statementSeconds: 60 },
    });
  });
  it('may be PostgreSQL or its kin', async () => {
    for (const engine of ['postgres', 'kingbase', 'opengauss']) {
      const loaded = await loadChanged([as(`{ engine: ${engine}, host: h, port: 54321, database: d, user: u, schema: cz, zone: "+00:00", tls: { ca: /etc/ca.pem } }`)]);
      expect('site' in loaded ? loaded.site.sources['hall'] : loaded.mistakes).to.include({ engine, port: 54321, schema: 'cz', zone: '+00:00' });
    }
  });
  it('has every mistake told at its place: an unknown engine, a key of another engine, a password in the file, a zone that is none', async () => {
    expect(await told('{ engine: mariabd, file: x }')).to.deep.equal(['WORD_UNKNOWN 8:19 mariabd mariadb']);
    expect(await told('{ file: x }')).to.deep.equal(['KEY_MISSING 8:9 engine']);
    expect(await told('here')).to.deep.equal(['WRONG_TYPE 8:9 block text']);
    expect(await told('{ engine: sqlite, file: x, host: h }')).to.deep.equal(['UNKNOWN_KEY 8:36 host engine | file']);
    expect(await told('{ engine: mariadb, host: h, user: u, password: "123456", port: 0 }')).to.deep.equal([
      'KEY_MISSING 8:9 database', 'SECRET_IN_FILE 8:56', 'NUMBER_OUT_OF_RANGE 8:72 0 1 65535',
    ]);
    expect(await told('{ engine: postgres, host: h, user: u, database: d, zone: "8", limits: { connections: 9 } }')).to.deep.equal([
      'ZONE_WRONG 8:66 8', 'NUMBER_OUT_OF_RANGE 8:94 9 1 2',
    ]);
  });
  it('is named for people without its account', () => {
    const limits = { connections: 1, pageRows: 1, connectSeconds: 1, statementSeconds: 1 };
    expect(placeOf({ engine: 'mariadb', host: 'h', port: 1, database: 'd', user: 'u', password: 'p', zone: '+08:00', limits })).to.equal('mariadb://h:1/d');
    expect(placeOf({ engine: 'sqlite', file: '/f' })).to.equal('/f');
  });
  it('has all its keys and engines in the documents', () => {
    const page = readFileSync(join(root, 'docs/sources.md'), 'utf8');
    const code = ['source-setting', 'http-source', 'server-keys'].map((name) => readFileSync(join(root, `src/config/${name}.ts`), 'utf8')).join('\n');
    const keys = [...code.matchAll(/(\w+): (?:may|must)\(/g)].map((hit) => hit[1] ?? '');
    const engines = [...code.matchAll(/oneOf\(([^)]*)\)/g)].flatMap((hit) => [...(hit[1] ?? '').matchAll(/'([^']+)'/g)].map((word) => word[1] ?? ''));
    expect(keys).to.include('database');
    expect(keys.concat(engines).filter((word) => !new RegExp(`\`(?:\\w+\\.)?${word}[\`.]`).test(page))).to.deep.equal([]);
  });
});

describe('a folder with files in gateway.yaml', () => {
  const desk = (tables: string, more = ''): string => `{ engine: files, folder: /in, complete: flag${more}, tables: ${tables} }`;
  it('is read with what was left out filled in', async () => {
    const loaded = await loadChanged([as(desk('{ CERT: { file: "cert-*.csv", format: csv, charset: gbk, separator: tab, content: changes } }'))]);
    expect('site' in loaded ? loaded.site.sources['hall'] : loaded.mistakes).to.deep.equal({
      engine: 'files', folder: '/in', done: '/in/done', complete: { by: 'flag', ending: '.ok' },
      tables: { CERT: { file: 'cert-*.csv', format: 'csv', charset: 'gb18030', separator: '\t', headLine: 1, content: 'changes' } },
    });
  });
  it('lets changes be read without a column that tells when', async () => {
    const untimed = ['mappings/county/model/cases.yaml', /\n {2}time: \w+/.exec(readFileSync(join(root, 'test/fixtures/site/mappings/county/model/cases.yaml'), 'utf8'))?.[0] ?? 'absent', ''] as const;
    const files = as(desk('{ CERT: { file: c.csv, format: csv, content: changes } }'));
    expect((await mistakesOf(untimed)).map((mistake) => mistake.code)).to.deep.equal(['TIME_MISSING']);
    expect((await mistakesOf(files, untimed)).map((mistake) => mistake.code)).to.deep.equal([]);
  });
  it('has every mistake told at its place: a path for a name, two stars, an unknown format', async () => {
    const codes = async (table: string): Promise<readonly string[]> => (await mistakesOf(as(desk(table)))).map((mistake) => mistake.code);
    expect(await codes('{ CERT: { file: "../x.csv", format: csv, content: full } }')).to.deep.equal(['NAME_WRONG']);
    expect(await codes('{ CERT: { file: "*-*.csv", format: csv, content: full } }')).to.deep.equal(['NAME_WRONG']);
    expect(await codes('{ "C ERT": { file: "c.csv", format: pdf } }')).to.deep.equal(['NAME_WRONG', 'KEY_MISSING', 'WORD_UNKNOWN']);
  });
});
