import type { CompareMode, CompareProfile } from '../port/compare-profile.ts';
import { spotAt } from './peek.ts';
import { block, may, must } from './read-block.ts';
import { named, oneOf, text, whole, type Reader } from './read.ts';

const method = must(oneOf('POST', 'GET'));
const form = oneOf('hex', 'base64', 'base64url');
const shared = {
  show: may(block({ method, path: must(text), rowGuid: must(text), rows: must(text) })),
  removes: may(oneOf('newest')),
};

const digests = block({
  mode: must(oneOf('digests')), method, path: must(text), prefix: must(text),
  rows: must(text), row: must(block({ rowGuid: must(text), digest: must(text) })),
  buckets: must(text), bucket: must(block({ prefix: must(text), count: must(text), digest: must(text) })),
  digest: must(form), line: must(line),
  ...shared,
});

const group = { day: must(text), type: must(text), count: must(text) };
const by = must(named(() => block({ day: may(text), type: may(text) })));
const days = block({
  mode: must(oneOf('days')), method, path: must(text), by,
  groups: must(text), group: must(block({ ...group, digest: must(text) })), digest: must(form), line: must(line),
  ...shared,
});
const counts = block({ mode: must(oneOf('counts')), method, path: must(text), by, groups: must(text), group: must(block(group)), ...shared });

const keys = block({
  mode: must(oneOf('keys')), method, path: must(text), cursor: must(text),
  limit: must(block({ name: must(text), rows: must(whole(1)) })),
  rows: must(text), row: must(block({ rowGuid: must(text), digest: may(text) })), next: must(text), digest: may(form),
  ...shared,
});

const receipts = block({ mode: must(oneOf('receipts')) });
const mode = oneOf('digests', 'days', 'counts', 'keys', 'receipts');
const readers: Readonly<Record<CompareMode, Reader<CompareProfile>>> = { digests, days, counts, keys, receipts };

/** What a bucket's digest is made of: a line that names the row_guid and the digest of each row. */
function line(spot: Parameters<typeof text>[0]): string | undefined {
  const written = text(spot);
  const missing = ['{rowGuid}', '{digest}'].filter((part) => written?.includes(part) === false);
  return written === undefined || missing.length === 0 ? written : spot.mistake('LINE_WITHOUT', { missing: missing.join(' ') });
}

/** `compare` in interface.yaml: what the region offers for comparing, by its mode. */
export const compareSection: Reader<CompareProfile> = (spot) => {
  const written = spotAt(spot, 'mode');
  if (written.node === null) return spot.mistake('KEY_MISSING', { key: 'mode' });
  const word = mode(written);
  return word === undefined ? undefined : readers[word](spot);
};
