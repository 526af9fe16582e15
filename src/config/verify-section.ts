import type { VerifyProfile } from '../port/verifier.ts';
import { block, may, must } from './read-block.ts';
import { named, oneOf, text, whole, type Reader } from './read.ts';

/** The section `verify` of `interface.yaml`. */
export const verifySection: Reader<VerifyProfile> = block({
  method: must(oneOf('POST', 'GET')),
  path: must(text),
  ask: must(block({ identifier: must(text), code: must(text) })),
  result: must(text),
  validSeconds: may(text),
  keepSeconds: must(whole(0, 86_400)),
  results: must(named(() => text)),
  table: must(text),
});
