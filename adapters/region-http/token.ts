import { Keyv } from 'keyv';
import type { InterfaceProfile } from '../../src/port/profile.ts';
import { textAt, type Wire } from './answer.ts';

/** Why there is no token: `denied` is ours to mend, `later` passes. */
export type TokenFailure = { readonly verdict: 'denied' | 'later'; readonly code: string };

/** The access token, fetched once for all callers, kept until shortly before it ends. */
export class TokenDesk {
  readonly #profile: InterfaceProfile;
  readonly #fetch: (path: string) => Promise<Wire | null>;
  readonly #cache = new Keyv<string>();
  #fetching: Promise<string | TokenFailure> | null = null;

  constructor(profile: InterfaceProfile, fetch: (path: string) => Promise<Wire | null>) {
    this.#profile = profile;
    this.#fetch = fetch;
  }

  async token(): Promise<string | TokenFailure> {
    const cached = await this.#cache.get('token');
    if (cached !== undefined) return cached;
    this.#fetching ??= this.#renew().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  /** The region no longer takes this token; one fetched since is kept. */
  async forget(token: string): Promise<void> {
    if ((await this.#cache.get('token')) === token) await this.#cache.delete('token');
  }

  async #renew(): Promise<string | TokenFailure> {
    const rule = this.#profile.auth.token;
    if (rule === undefined) return { verdict: 'denied', code: 'TOKEN_NOT_CONFIGURED' };
    const wire = await this.#fetch(rule.path);
    if (wire === null) return { verdict: 'later', code: 'TOKEN_UNREACHABLE' };
    const body = json(wire);
    const token = textAt(body, rule.value);
    if (token !== undefined && token !== '') {
      const seconds = Number(textAt(body, rule.expiresIn) ?? 0) - rule.renewBeforeSeconds;
      if (seconds > 0) await this.#cache.set('token', token, seconds * 1000);
      return token;
    }
    const code = textAt(body, this.#profile.answer.code);
    const ours = code !== undefined && ['token', 'denied'].includes(this.#profile.answer.verdicts[code] ?? '');
    return { verdict: ours ? 'denied' : 'later', code: `TOKEN_REFUSED ${code ?? wire.status}` };
  }
}

function json(wire: Wire): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(wire.bytes)) as unknown;
  } catch {
    return null;
  }
}
