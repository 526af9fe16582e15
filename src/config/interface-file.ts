import type { AskRule, FrontdbProfile, HttpProfile, InterfaceProfile } from '../port/profile.ts';
import { breakerSection } from './breaker-section.ts';
import { compareSection } from './compare-section.ts';
import { checkNames } from './interface-names.ts';
import { identifier } from './identifier.ts';
import { keysAt, spotAt, textAt } from './peek.ts';
import { pullSection } from './pull-section.ts';
import { verifySection } from './verify-section.ts';
import { block, may, must } from './read-block.ts';
import { anyText, list, named, oneOf, oneOrMore, text, whole, yes, type Reader } from './read.ts';
import { sourceSetting } from './source-setting.ts';
import { tree } from './tree.ts';
import { windowList } from './window-section.ts';
import { keyRule, openRule, tokenRule, valueRule } from './value-rule.ts';

const texts = named(() => text);
const verdict = oneOf('settled', 'accepted', 'warned', 'refused', 'duplicate', 'unknown', 'later', 'denied', 'in-progress', 'token');
const receiptVerdict = oneOf('accepted', 'warned', 'refused', 'duplicate');
const format = may(oneOf('json', 'form'));

const records = block({
  names: may(oneOf('as-is', 'camelCase', 'PascalCase')),
  rename: may(texts),
  fields: must(texts),
  operations: must(block({ create: must(text), update: must(text), remove: must(text) })),
  removal: must(oneOf('keys')),
});

const push = block({
  method: must(oneOf('POST', 'PUT')),
  path: must(text),
  headers: may(texts),
  format,
  body: must(tree),
  travels: may(tree),
  gzip: may(yes),
  tables: may(named(() => block({ values: may(texts), path: may(text), body: may(tree) }))),
});

const ask: Reader<AskRule> = (spot) => (keysAt(spot).includes('cannot')
  ? block({ cannot: must(oneOf('send-again', 'hold')), why: must(text) })(spot)
  : block({
      method: must(oneOf('GET', 'POST')),
      path: must(text),
      headers: may(texts),
      format,
      body: may(tree),
      travels: may(tree),
      state: must(text),
      states: must(named(() => oneOf('never-seen', 'in-progress', 'settled'))),
    })(spot));

const answer = block({
  opened: may(block({ at: must(text), by: must(openRule) })),
  code: must(oneOrMore(text)),
  message: must(text),
  verdicts: must(named(() => verdict)),
  statuses: may(named(() => verdict)),
  receipts: may(list(block({
    list: must(text),
    rowGuid: must(text),
    code: may(text),
    field: may(text),
    message: may(text),
    verdict: may(receiptVerdict),
    verdicts: may(named(() => receiptVerdict)),
  }))),
  others: may(oneOf('accepted', 'refused')),
});

const limits = block({
  recordsPerBatch: must(whole(1)),
  bytesPerBatch: must(whole(1)),
  connections: must(whole(1)),
  connectMs: must(whole(1)),
  answerMs: must(whole(1)),
  answerBytes: must(whole(1)),
  restCapMs: must(whole(0)),
  requestsPerSecond: may(whole(1, 1_000)),
  windows: may(windowList),
});

const http = block({
  headersMs: may(whole(1)),
  leastBytesPerSecond: may(whole(1)),
  rateMs: may(whole(1)),
  decodedBytes: may(whole(1)),
  charset: may(text),
});

const tls = block({ ca: may(text), certificate: may(text), key: may(text), passphrase: may(text), serverName: may(text), warnDays: may(whole(1)) });

/** What every way to the region has in its profile. */
const common = {
  profile: must(text),
  title: must(text),
  shares: may(text),
  identity: must(texts),
  records: must(records),
  order: must(list(list(text), 0)),
  text: must(block({ unit: must(oneOf('characters', 'utf8', 'gbk')), repertoire: must(oneOf('bmp', 'unicode')), replace: may(text) })),
  pull: may(pullSection),
  verify: may(verifySection),
  limits: must(limits),
  compare: may(compareSection),
  breaker: may(breakerSection),
};

const overHttp: Reader<HttpProfile> = block({
  ...common,
  transport: must(oneOf('http')),
  baseUrl: must(text),
  clock: may(block({ allowSeconds: must(whole(1)), follow: may(oneOf('region')) })),
  keys: may(named(() => keyRule)),
  values: may(named(() => valueRule)),
  tokens: may(named(() => tokenRule)),
  headers: may(named(() => anyText)),
  http: may(http),
  tls: may(tls),
  push: must(push),
  ask: must(ask),
  answer: must(answer),
});

const database: Reader<FrontdbProfile['database']> = (spot) => {
  const setting = sourceSetting(spot);
  if (setting === undefined || ('database' in setting && setting.engine !== 'sqlserver')) return setting;
  return spotAt(spot, 'engine').mistake('WORD_UNKNOWN', { word: setting.engine, near: 'mariadb | mysql | postgres | kingbase | opengauss' });
};

const overDatabase: Reader<FrontdbProfile> = block({
  ...common,
  transport: must(oneOf('frontdb')),
  database: must(database),
  exchange: must(block({
    batch: must(identifier),
    rowGuid: must(identifier),
    tables: may(named(() => identifier)),
    synced: may(block({ column: must(identifier), done: must(list(text)) })),
    errors: must(list(block({
      table: must(identifier), batch: must(identifier), rowGuid: must(identifier), code: may(identifier), message: must(identifier), of: may(list(text)),
    }), 0)),
  })),
});

/** `interface.yaml` of a region profile. */
export const interfaceFile: Reader<InterfaceProfile> = (spot) => {
  const profile = textAt(spot, 'transport') === 'frontdb' ? overDatabase(spot) : overHttp(spot);
  checkNames(spot);
  return profile;
};
