import type { InterfaceProfile } from '../port/profile.ts';
import { block, may, must } from './read-block.ts';
import { anyText, list, named, oneOf, text, whole, type Reader } from './read.ts';

const identity = block({ appKey: must(text), appSecret: must(text), dataSource: must(text) });

const token = block({
  path: must(text),
  value: must(text),
  expiresIn: must(text),
  renewBeforeSeconds: must(whole(0)),
  header: must(text),
  prefix: must(anyText),
});

const auth = block({
  scheme: must(oneOf('aep')),
  form: must(oneOf(1, 2)),
  cover: must(oneOf('none', 'body')),
  timestamp: must(oneOf('seconds', 'fraction')),
  headers: must(block({ appKey: must(text), timestamp: must(text), nonce: must(text), signature: must(text) })),
  token: may(token),
});

const push = block({
  method: must(oneOf('POST', 'PUT')),
  path: must(text),
  idempotencyHeader: must(text),
  body: must(block({ batchNo: must(text), dataSource: must(text), count: must(text), digest: must(text), records: must(text) })),
  control: must(block({ operation: must(text), time: must(text), batch: must(text), source: must(text) })),
  operations: must(block({ create: must(text), update: must(text), remove: must(text) })),
  removal: must(oneOf('keys')),
});

const ask = block({
  method: must(oneOf('GET')),
  path: must(text),
  state: must(text),
  states: must(named(() => oneOf('never-seen', 'in-progress', 'settled'))),
});

const answer = block({
  code: must(text),
  message: must(text),
  verdicts: must(named(() => oneOf('settled', 'refused', 'later', 'denied', 'in-progress', 'token'))),
  receipts: must(text),
  receipt: must(block({
    rowGuid: must(text),
    code: must(text),
    field: must(text),
    message: must(text),
    verdicts: must(named(() => oneOf('accepted', 'warned', 'refused'))),
  })),
});

const limits = block({
  recordsPerBatch: must(whole(1)),
  bytesPerBatch: must(whole(1)),
  connections: must(whole(1)),
  connectMs: must(whole(1)),
  answerMs: must(whole(1)),
  answerBytes: must(whole(1)),
  restCapMs: must(whole(0)),
});

/** `interface.yaml` of a region profile. */
export const interfaceFile: Reader<InterfaceProfile> = block({
  profile: must(text),
  title: must(text),
  transport: must(oneOf('http')),
  baseUrl: must(text),
  identity: must(identity),
  auth: must(auth),
  push: must(push),
  ask: must(ask),
  answer: must(answer),
  order: must(list(list(text), 0)),
  text: must(block({ unit: must(oneOf('characters', 'utf8', 'gbk')), repertoire: must(oneOf('bmp', 'unicode')), replace: may(text) })),
  limits: must(limits),
});
