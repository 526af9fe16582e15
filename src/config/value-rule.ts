import type { KeyRule, OpenRule, TokenRule, ValueRule } from '../port/profile-value.ts';
import { keysAt, textAt } from './peek.ts';
import { block, may, must } from './read-block.ts';
import { named, oneOf, text, whole, type Reader } from './read.ts';
import { tree } from './tree.ts';

const spelling = oneOf('hex', 'HEX', 'base64', 'base64url');
const digestName = oneOf('md5', 'sha1', 'sha256', 'sha512', 'sm3');
const order = may(oneOf('C1C3C2', 'C1C2C3'));
const form = may(oneOf('bare', '04', 'der'));
const ciphers = ['sm4-cbc', 'sm4-ecb', 'aes-128-cbc', 'aes-128-ecb', 'aes-256-cbc', 'aes-256-ecb'] as const;
const cipher = { key: must(text), keyAs: may(oneOf('hex', 'HEX', 'base64', 'base64url', 'text')), iv: may(text), of: must(text), as: may(spelling) };

const open = byKey<OpenRule>('decrypt', (word) => (word === 'sm2'
  ? block({ decrypt: must(oneOf('sm2')), with: must(text), of: must(text), order, form, as: may(spelling) })
  : block({ decrypt: must(oneOf(...ciphers, 'sm2')), ...cipher }) as Reader<OpenRule>));

const seal = byKey<ValueRule>('encrypt', (word) => (word === 'sm2'
  ? block({ encrypt: must(oneOf('sm2')), with: must(text), of: must(text), order, form, as: may(spelling) })
  : block({ encrypt: must(oneOf(...ciphers, 'sm2')), ...cipher }) as Reader<ValueRule>));

const kinds: Readonly<Record<string, Reader<ValueRule>>> = {
  text: block({ text: must(text) }),
  time: block({ time: must(text) }),
  random: block({ random: must(oneOf('uuid', 'hex', 'digits')), length: may(whole(1, 128)) }),
  digest: block({ digest: must(digestName), of: must(text), as: may(spelling) }),
  hmac: block({ hmac: must(digestName), key: must(text), of: must(text), as: may(spelling) }),
  sign: block({ sign: must(oneOf('sm2')), with: must(text), of: must(text), form: may(oneOf('der', 'raw')), as: may(spelling) }),
  encrypt: seal,
  decrypt: open,
};

/** How a value is worked out; which way it is, is told by the one word that names it. */
export const valueRule: Reader<ValueRule> = (spot) => {
  const found = keysAt(spot).filter((key) => Object.hasOwn(kinds, key));
  const [kind] = found;
  const read = kind === undefined || found.length > 1 ? undefined : kinds[kind];
  return read === undefined ? spot.mistake('ORIGIN_COUNT', { known: Object.keys(kinds).join(' | '), found: found.join(', ') || '-' }) : read(spot);
};

/** How something that came sealed is opened. */
export const openRule: Reader<OpenRule> = open;

const lasts: Reader<TokenRule['lasts']> = (spot) => {
  const keys = keysAt(spot);
  if (keys.includes('until')) return block({ until: must(text), in: must(oneOf('seconds', 'milliseconds')) })(spot);
  return keys.includes('always') ? block({ always: must(whole(1)) })(spot) : block({ seconds: must(text) })(spot);
};

/** A value fetched by a request of its own. */
export const tokenRule: Reader<TokenRule> = block({
  method: must(oneOf('GET', 'POST')),
  path: must(text),
  headers: may(named(() => text)),
  format: may(oneOf('json', 'form')),
  body: may(tree),
  value: must(text),
  opened: may(openRule),
  lasts: must(lasts),
  renewBeforeSeconds: must(whole(0)),
});

/** A key, and where it is kept. */
export const keyRule: Reader<KeyRule> = byKey<KeyRule>('sm2', (word) => {
  if (word === 'public') return block({ sm2: must(oneOf('public')), file: may(text), hex: may(text), userId: may(text) });
  if (word === 'signer') return block({ sm2: must(oneOf('signer')), url: must(text), keyId: must(text), pin: may(text), userId: may(text), answerMs: may(whole(1)) });
  return block({ sm2: must(oneOf('private', 'public', 'signer')), file: must(text), passphrase: may(text), userId: may(text) }) as Reader<KeyRule>;
});

/** A block whose other keys depend on the word under one of them. */
function byKey<T>(key: string, choose: (word: string | undefined) => Reader<T>): Reader<T> {
  return (spot) => choose(textAt(spot, key))(spot);
}
