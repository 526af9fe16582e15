import { Keyv } from 'keyv';
import type { HttpProfile } from '../../src/port/profile.ts';
import type { TokenRule } from '../../src/port/profile-value.ts';
import { readBody } from './body.ts';
import { textAt, textIn, type Told, type Wire } from './place.ts';
import { meaningOf } from './receipts.ts';

/** Why a value could not be fetched: `denied` is ours to mend, `later` passes. */
export class TokenTrouble extends Error {
  readonly verdict: 'denied' | 'later';
  readonly code: string;

  constructor(verdict: 'denied' | 'later', code: string) {
    super(code);
    this.verdict = verdict;
    this.code = code;
  }
}

/** How a desk reaches the region. */
export interface Errand {
  readonly fetch: () => Promise<Wire | TokenTrouble>;
  /** Opens the value when it comes sealed. */
  readonly open: (value: string) => Promise<string>;
  readonly wallMs: () => number;
}

/** One fetched value: fetched once for all callers, kept until shortly before it ends. */
export class TokenDesk {
  readonly #profile: HttpProfile;
  readonly #rule: TokenRule;
  readonly #errand: Errand;
  readonly #cache = new Keyv<string>();
  #fetching: Promise<string> | null = null;

  constructor(profile: HttpProfile, rule: TokenRule, errand: Errand) {
    this.#profile = profile;
    this.#rule = rule;
    this.#errand = errand;
  }

  /** Rejects with a `TokenTrouble`. */
  async token(): Promise<string> {
    const cached = await this.#cache.get('token');
    if (cached !== undefined) return cached;
    this.#fetching ??= this.#renew().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  /** The region no longer takes this value; one fetched since is kept. */
  async forget(token: string): Promise<void> {
    if ((await this.#cache.get('token')) === token) await this.#cache.delete('token');
  }

  async #renew(): Promise<string> {
    const wire = await this.#errand.fetch();
    if (wire instanceof TokenTrouble) throw wire;
    const read = readBody(this.#profile, wire);
    const told: Told = { ...wire, body: 'body' in read ? read.body : null };
    const found = textAt(told, this.#rule.value);
    if (found !== undefined && found !== '') {
      const token = await this.#errand.open(found);
      const seconds = this.#secondsLeft(told) - this.#rule.renewBeforeSeconds;
      if (seconds > 0) await this.#cache.set('token', token, seconds * 1000);
      return token;
    }
    const { answer } = this.#profile;
    const codes = (typeof answer.code === 'string' ? [answer.code] : answer.code).map((place) => textAt(told, place));
    const code = codes.includes(undefined) ? undefined : codes.join('/');
    const ours = ['token', 'denied'].includes((code === undefined ? undefined : meaningOf(answer.verdicts, code)) ?? '');
    throw new TokenTrouble(ours ? 'denied' : 'later', `TOKEN_REFUSED ${code ?? wire.status}`);
  }

  #secondsLeft({ body }: Told): number {
    const { lasts } = this.#rule;
    if ('always' in lasts) return lasts.always;
    if ('seconds' in lasts) return Number(textIn(body, lasts.seconds) ?? 0);
    const until = Number(textIn(body, lasts.until) ?? 0);
    return (lasts.in === 'seconds' ? until : until / 1000) - this.#errand.wallMs() / 1000;
  }
}
