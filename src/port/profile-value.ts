/** Text in which `{name}` stands for a value: of the identity, the table, the batch, or one worked out for the request. */
export type Template = string;

/** Where in an answer something stands: a path into the body (`data.0.code`), `header:Name`, or `http:status`. */
export type Place = string;

/** JSON to be: its texts and the names in it are templates; a text that is one `{name}` alone takes that value's own type. */
export type Tree = string | number | boolean | null | readonly Tree[] | { readonly [name: string]: Tree };

/** How bytes are written as text. */
export type Spelling = 'hex' | 'HEX' | 'base64' | 'base64url';

/** The order of the parts of an SM2 cipher text: GM/T 0009 (C1C3C2), or its forerunner of 2010 (C1C2C3). */
export type Sm2Order = 'C1C3C2' | 'C1C2C3';

export type DigestName = 'md5' | 'sha1' | 'sha256' | 'sha512' | 'sm3';
export type CipherName = 'sm4-cbc' | 'sm4-ecb' | 'aes-128-cbc' | 'aes-128-ecb' | 'aes-256-cbc' | 'aes-256-ecb';

/** A value worked out for each request: how a signature, a time or a sealed body is made is said with these alone. */
export type ValueRule =
  | { readonly text: Template }
  /** `seconds`, `milliseconds`, `fraction` (seconds with three decimals) since 1970, or a pattern like `yyyyMMddHHmmss`. */
  | { readonly time: string }
  | { readonly random: 'uuid' | 'hex' | 'digits'; readonly length?: number }
  | { readonly digest: DigestName; readonly of: Template; readonly as?: Spelling }
  | { readonly hmac: DigestName; readonly key: Template; readonly of: Template; readonly as?: Spelling }
  | { readonly sign: 'sm2'; readonly with: string; readonly of: Template; readonly form?: 'der' | 'raw'; readonly as?: Spelling }
  | SealRule
  | OpenRule;

/** Plain text made unreadable; `with` names an SM2 key, `key` is the key of a cipher itself. */
export type SealRule =
  | { readonly encrypt: 'sm2'; readonly with: string; readonly of: Template; readonly order?: Sm2Order; readonly form?: 'bare' | '04' | 'der'; readonly as?: Spelling }
  | CipherRule & { readonly encrypt: CipherName };

/** The other way round: `as` is how the sealed text is spelled; what is opened is text. */
export type OpenRule =
  | { readonly decrypt: 'sm2'; readonly with: string; readonly of: Template; readonly order?: Sm2Order; readonly form?: 'bare' | '04' | 'der'; readonly as?: Spelling }
  | CipherRule & { readonly decrypt: CipherName };

interface CipherRule {
  readonly key: Template;
  /** How the key and the IV are written; `text`: their UTF-8 bytes. */
  readonly keyAs?: Spelling | 'text';
  /** `random`: a new one for each text, put before the cipher text. */
  readonly iv?: Template;
  readonly of: Template;
  readonly as?: Spelling;
}

/** A value fetched by a request of its own, kept until shortly before it ends, fetched once for all who wait for it. */
export interface TokenRule {
  readonly method: 'GET' | 'POST';
  readonly path: Template;
  /** Beside the headers all requests carry, save those that need a token themselves. */
  readonly headers?: Readonly<Record<string, Template>>;
  readonly format?: BodyFormat;
  readonly body?: Tree;
  readonly value: Place;
  /** How the value is opened when it comes sealed; it is `{value}` there. */
  readonly opened?: OpenRule;
  /** How long it lasts: a span, a moment, or (when the region does not say) a number of seconds. */
  readonly lasts: { readonly seconds: Place } | { readonly until: Place; readonly in: 'seconds' | 'milliseconds' } | { readonly always: number };
  readonly renewBeforeSeconds: number;
}

export type BodyFormat = 'json' | 'form';

/** A key by its name; a private one never leaves where it is kept. */
export type KeyRule =
  | { readonly sm2: 'private'; readonly file: string; readonly passphrase?: string; readonly userId?: string }
  | { readonly sm2: 'public'; readonly file?: string; readonly hex?: string; readonly userId?: string }
  | { readonly sm2: 'signer'; readonly url: string; readonly keyId: string; readonly pin?: string; readonly userId?: string; readonly answerMs?: number };
