import type { PullProfile } from '../port/pull-profile.ts';
import { block, may, must } from './read-block.ts';
import { secret } from './server-keys.ts';
import { list, named, oneOf, text, whole, yes, type Reader } from './read.ts';

const resource: Reader<PullProfile['resources'][string]> = (spot) => {
  const found = block({ key: must(text), version: may(text), path: may(text), waits: may(yes), acknowledged: may(yes) })(spot);
  return found === undefined ? undefined : { ...found, waits: found.waits ?? false, acknowledged: found.acknowledged ?? true };
};

const form = block({ table: may(text), tableIs: may(text), rowGuid: must(text), batch: must(text), text: must(text), regionKeeps: must(yes) });

const callbacks = block({
  headers: must(block({ timestamp: must(text), nonce: must(text), signature: must(text) })),
  secret: must(secret),
  skewSeconds: must(whole(1, 3_600)),
  records: must(text),
  paths: must(named(() => text)),
});

/** The section `pull` of `interface.yaml`. */
export const pullSection: Reader<PullProfile> = block({
  method: must(oneOf('GET', 'POST')),
  path: must(text),
  ask: must(block({ cursor: must(text), limit: must(text) })),
  limit: must(whole(1, 10_000)),
  page: must(block({ records: must(text), cursor: must(text), more: may(text), count: may(text), digest: may(text) })),
  digest: must(oneOf('sm3', 'sha256', 'none')),
  cursors: must(oneOf('rising', 'opaque')),
  acknowledge: may(block({ method: must(oneOf('POST', 'PUT')), path: must(text), cursor: must(text) })),
  resources: must(named(() => resource)),
  callbacks: may(callbacks),
  catalogue: may(block({ resource: must(text), state: must(text), withdrawn: must(list(text)), tables: must(list(text)), field: must(text) })),
  ratings: may(block({
    resource: must(text), value: must(text), dictionary: must(text),
    given: must(block({ field: must(text), persons: must(list(text)), default: must(list(text)) })),
  })),
  late: may(block({ resource: must(text), form: must(text), forms: must(named(() => form)) })),
});
