import { isMap, isScalar } from 'yaml';
import type { DamengSetting, FilesSetting, MariadbSetting, OracleSetting, PostgresSetting, SourceSetting, SqliteSetting, SqlserverSetting } from '../port/source-setting.ts';
import { http } from './http-source.ts';
import { identifier, plainName } from './identifier.ts';
import { nearest } from './nearest.ts';
import { keysAt, spotAt } from './peek.ts';
import { block, may, must } from './read-block.ts';
import { named, oneOf, text, whole, wrongType, type Reader } from './read.ts';
import { secret, tls, zone } from './server-keys.ts';

/** Part of a connect string: letters, digits and `. _ -`. */
const serviceName: Reader<string> = (spot) => {
  const name = text(spot);
  return name === undefined || /^[\w.-]+$/.test(name) ? name : spot.mistake('NAME_WRONG', { name: name.slice(0, 40) });
};

const limits = block({
  connections: may(whole(1, 2)),
  pageRows: may(whole(1, 10_000)),
  connectSeconds: may(whole(1, 120)),
  statementSeconds: may(whole(1, 600)),
});

/** `cert-*.csv`: a file's name without folders, with at most one `*`. */
const filePattern: Reader<string> = (spot) => {
  const pattern = text(spot);
  return pattern === undefined || /^[^*/\\]+$|^[^*/\\]*\*[^*/\\]*$/.test(pattern) ? pattern : spot.mistake('NAME_WRONG', { name: pattern.slice(0, 40) });
};

const server = {
  host: must(text),
  port: may(whole(1, 65_535)),
  user: must(text),
  password: may(secret),
  zone: may(zone),
  limits: may(limits),
  tls: may(tls),
};

/** What holds where a source says nothing of it. */
const usual = { zone: '+08:00', limits: { connections: 1, pageRows: 4000, connectSeconds: 10, statementSeconds: 30 } };

/** `engine: sqlite`; the gateway's own store is read by the same. */
export const sqlite: Reader<SqliteSetting> = block({ engine: must(oneOf('sqlite')), file: must(text) });

const mariadbKeys = { engine: must(oneOf('mariadb', 'mysql')), ...server, database: must(text) };
const mariadb: Reader<MariadbSetting> = completed(block(mariadbKeys), { port: 3306 });

const postgresKeys = { engine: must(oneOf('postgres', 'kingbase', 'opengauss')), ...server, database: must(text), schema: may(identifier) };
const postgres: Reader<PostgresSetting> = completed(block(postgresKeys), { port: 5432, schema: 'public' });

/** Without certificates of their own: these drivers take them in other ways, which nobody here could try. */
const { tls: _tls, ...untrusted } = server;

const oracleKeys = { engine: must(oneOf('oracle')), ...untrusted, service: must(serviceName), schema: may(identifier), client: may(text) };
const oracle: Reader<OracleSetting> = completed(block(oracleKeys), { port: 1521 });

const sqlserverKeys = { engine: must(oneOf('sqlserver')), ...server, database: must(text), schema: may(identifier) };
const sqlserver: Reader<SqlserverSetting> = completed(block(sqlserverKeys), { port: 1433, schema: 'dbo' });

const damengKeys = { engine: must(oneOf('dameng')), ...untrusted, schema: may(identifier) };
const dameng: Reader<DamengSetting> = completed(block(damengKeys), { port: 5236 });

/** What becomes part of a command line: no option, no blank. */
const machine: Reader<string> = (spot) => {
  const name = text(spot);
  return name === undefined || /^[A-Za-z0-9_][\w.:-]*$/.test(name) ? name : spot.mistake('NAME_WRONG', { name: name.slice(0, 40) });
};

/** A path that is written into a command of the SFTP client, here or there: nothing that would end the quotes or stand for other names. */
const quotedPath: Reader<string> = (spot) => {
  const path = text(spot);
  return path === undefined || /^[^"'\\*?[\]\p{Cc}]+$/u.test(path) ? path : spot.mistake('NAME_WRONG', { name: path.slice(0, 40) });
};

const sftp = block({
  host: must(machine),
  port: may(whole(1, 65_535)),
  user: must(machine),
  folder: must(quotedPath),
  done: may(quotedPath),
  key: must(quotedPath),
  knownHosts: must(quotedPath),
  connectSeconds: may(whole(1, 120)),
});

const filesKeys = {
  engine: must(oneOf('files')),
  folder: must(text),
  done: may(text),
  sftp: may(sftp),
  complete: must(oneOf('flag', 'still')),
  flag: may(text),
  stillSeconds: may(whole(1, 86_400)),
  token: may(secret),
  tables: must(named((name, key) => {
    if (!plainName.test(name)) key.mistake('NAME_WRONG', { name: name.slice(0, 40) });
    return block({
      file: must(filePattern),
      format: must(oneOf('csv', 'xlsx', 'jsonl')),
      charset: may(oneOf('utf-8', 'gb18030', 'gbk')),
      separator: may(oneOf(',', ';', '|', 'tab')),
      sheet: may(text),
      headLine: may(whole(1, 100)),
      content: must(oneOf('changes', 'full')),
    });
  })),
};

const filesBlock = block(filesKeys);

const files: Reader<FilesSetting> = (spot) => {
  const found = filesBlock(spot);
  if (found === undefined) return undefined;
  const { folder, done = `${folder}/done`, complete, flag = '.ok', stillSeconds = 60, tables, token, sftp: far } = found;
  return {
    engine: 'files', folder, done, ...(token === undefined ? {} : { token }),
    ...(far === undefined ? {} : { sftp: { port: 22, connectSeconds: 10, ...far, done: far.done ?? `${far.folder}/done` } }),
    complete: complete === 'flag' ? { by: 'flag', ending: flag } : { by: 'still', seconds: stillSeconds },
    tables: Object.fromEntries(Object.entries(tables).map(([name, { charset, separator = ',', ...table }]) => [name, {
      headLine: 1, ...table, separator: separator === 'tab' ? '\t' : separator, charset: charset === 'gbk' ? 'gb18030' : charset ?? 'utf-8',
    }])),
  };
};

const engines: Readonly<Record<SourceSetting['engine'], Reader<SourceSetting>>> = {
  sqlite, mariadb, mysql: mariadb, postgres, kingbase: postgres, opengauss: postgres, oracle, sqlserver, dameng, files, http,
};

/** How one of the county's sources is reached: which keys it has depends on its `engine`. */
export const sourceSetting: Reader<SourceSetting> = (spot) => {
  const engine = spotAt(spot.quietly(), 'engine');
  if (!isMap(spot.node)) return wrongType(spot, 'block');
  if (!keysAt(spot).includes('engine')) return spot.mistake('KEY_MISSING', { key: 'engine' });
  const name = isScalar(engine.node) ? String(engine.node.value) : '';
  if (Object.hasOwn(engines, name)) return engines[name as SourceSetting['engine']](spot);
  return spotAt(spot, 'engine').mistake('WORD_UNKNOWN', { word: name.slice(0, 40), near: nearest(name, Object.keys(engines)) });
};

interface Unsaid {
  readonly zone?: string;
  readonly limits?: Partial<typeof usual.limits>;
}

/** The setting with what was left out. */
function completed<T extends Unsaid, D extends object>(read: Reader<T>, further: D): Reader<T & D & typeof usual> {
  return (spot) => {
    const found = read(spot);
    if (found === undefined) return undefined;
    const { limits: said = {} } = found;
    return { ...usual, ...further, ...found, limits: { ...usual.limits, ...said } };
  };
}
