import axios, { type AxiosInstance } from 'axios';
import type { KeyRule } from '../../src/port/profile-value.ts';
import { defaultUserId, type Sm2Key } from '../../src/port/sm2-key.ts';
import { Failure } from '../../src/record/failure.ts';

type SignerKey = Extract<KeyRule, { sm2: 'signer' }>;

interface Work {
  readonly work: 'sign' | 'verify' | 'encrypt' | 'decrypt';
  readonly body: Readonly<Record<string, string>>;
}

const usualMs = 10_000;
const answerBytes = 8_388_608;

/**
 * An SM2 key kept by a signing server (a certified one, or a card behind it), asked over HTTP: `POST <url>/<work>` with
 * `{keyId, pin?, userId, data, …}`, answered `{data}`; all bytes in base64. A PIN that was refused is never tried again
 * by this process: cards lock themselves after a few tries, and then nobody in the county can sign.
 */
export function openSignerKey(name: string, rule: SignerKey): Sm2Key {
  const signer = new Signer(name, rule);
  return {
    sign: async (message, form) => bytes(await signer.ask({ work: 'sign', body: { data: base64(message), form } })),
    verify: async (message, signature, form) => (await signer.ask({ work: 'verify', body: { data: base64(message), signature: base64(signature), form } })) === 'true',
    encrypt: async (plain, { order, form }) => bytes(await signer.ask({ work: 'encrypt', body: { data: base64(plain), order, form } })),
    decrypt: async (sealed, { order, form }) => bytes(await signer.ask({ work: 'decrypt', body: { data: base64(sealed), order, form } })),
  };
}

class Signer {
  readonly #name: string;
  readonly #rule: SignerKey;
  readonly #http: AxiosInstance;
  #pinRefused = false;
  #pinTaken = false;
  /** Until the PIN has been taken once, one call at a time: a wrong one is tried by the first alone. */
  #line: Promise<void> = Promise.resolve();

  constructor(name: string, rule: SignerKey) {
    this.#name = name;
    this.#rule = rule;
    this.#http = axios.create({
      baseURL: rule.url, timeout: rule.answerMs ?? usualMs, maxRedirects: 0, maxContentLength: answerBytes, proxy: false, validateStatus: () => true,
      headers: { 'content-type': 'application/json; charset=utf-8' },
    });
  }

  ask(work: Work): Promise<string> {
    if (this.#rule.pin === undefined || this.#pinTaken) return this.#asked(work);
    const mine = this.#line.then(() => this.#asked(work));
    this.#line = mine.then(() => {
      this.#pinTaken = true;
    }, () => undefined);
    return mine;
  }

  async #asked({ work, body }: Work): Promise<string> {
    if (this.#pinRefused) throw new Failure('SIGNER_PIN_REFUSED', { key: this.#name });
    const { keyId, pin, userId = defaultUserId } = this.#rule;
    const { status, data } = await this.#http.post<unknown>(`/${work}`, { keyId, userId, ...(pin === undefined ? {} : { pin }), ...body }).catch(() => {
      throw new Failure('SIGNER_AWAY', { key: this.#name });
    });
    if (status === 401 || status === 403) {
      this.#pinRefused = true;
      throw new Failure('SIGNER_PIN_REFUSED', { key: this.#name });
    }
    if (status >= 500 || status === 429) throw new Failure('SIGNER_AWAY', { key: this.#name });
    const told = typeof data === 'object' && data !== null && 'data' in data ? data.data : undefined;
    if (status !== 200 || (typeof told !== 'string' && typeof told !== 'boolean')) throw new Failure('SIGNER_REFUSED', { key: this.#name, status });
    return String(told);
  }
}

function base64(plain: Uint8Array): string {
  return Buffer.from(plain).toString('base64');
}

function bytes(text: string): Uint8Array {
  return Buffer.from(text, 'base64');
}
