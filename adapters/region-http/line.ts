import { gzipSync } from 'node:zlib';
import type { AxiosInstance } from 'axios';
import type { Clock } from '../../src/port/clock.ts';
import type { HttpProfile } from '../../src/port/profile.ts';
import type { BodyFormat, Template, Tree } from '../../src/port/profile-value.ts';
import type { KeyRing } from '../../src/port/sm2-key.ts';
import { Failure } from '../../src/record/failure.ts';
import { agentsOf, type Agents } from './agents.ts';
import { exchange, lineOf, type Outcome } from './exchange.ts';
import { replacedAt, textIn, type Wire } from './place.ts';
import { isList, Scope, type Maker, type Worth } from './scope.ts';
import { commonHeaders } from './token-headers.ts';
import { TokenDesk, TokenTrouble } from './token.ts';
import { tlsOptions, type Watching } from './tls.ts';
import { opened, valueMaker } from './values.ts';

/** What a line needs besides the profile. */
export interface LineSetting extends Watching {
  readonly clock: Clock;
  /** A value never used before, for each request. */
  readonly nonce: () => string;
  readonly keys?: KeyRing;
}

/** What is asked of the region, in the profile's own texts. */
export interface Asking {
  readonly method: string;
  readonly path: Template;
  readonly headers?: Readonly<Record<string, Template>>;
  readonly format?: BodyFormat;
  readonly plain: Uint8Array;
  readonly travels?: Tree;
  readonly gzip?: boolean;
  /** What its texts may name beside the identity, the values and the tokens. */
  readonly known: Readonly<Record<string, Worth>>;
}

/** An answer with the fetched values by which it was asked for; or why there is none. */
export type Sent =
  | Wire & { readonly tokens: ReadonlyMap<string, string> }
  | { readonly verdict: 'lost' | 'later'; readonly reason: string }
  | { readonly verdict: 'denied'; readonly code: string };

const nothing = new Uint8Array();

/** The way to the region: seals, signs, fetches what must be fetched, keeps deadlines and caps; never throws for the network. */
export class Line {
  readonly profile: HttpProfile;
  readonly #setting: LineSetting;
  readonly #http: AxiosInstance;
  readonly #agents: Agents;
  readonly #desks: ReadonlyMap<string, TokenDesk>;
  readonly #common: ReturnType<typeof commonHeaders>;
  /** How far the region's clock is ahead of ours, by its last answer. */
  #skewMs = 0;
  #timeTold = false;

  constructor(profile: HttpProfile, setting: LineSetting) {
    this.profile = profile;
    this.#setting = setting;
    const { limits } = profile;
    this.#agents = agentsOf({ connections: limits.connections, connectMs: limits.connectMs, idleMs: limits.answerMs, ...tlsOptions(profile.tls, setting) });
    this.#http = lineOf(profile, this.#agents);
    this.#common = commonHeaders(profile);
    this.#desks = new Map(Object.keys(profile.tokens ?? {}).map((name) => [name, this.#desk(name)]));
  }

  wallMs(): number {
    return this.#setting.clock.wallMs();
  }

  close(): void {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }

  /** These fetched values were not taken; whoever asks next fetches them anew. */
  async forget(tokens: ReadonlyMap<string, string>): Promise<void> {
    for (const [name, token] of tokens) await this.#desks.get(name)?.forget(token);
  }

  async send(asking: Asking): Promise<Sent> {
    const tokens = new Map<string, string>();
    try {
      return sentOf(await this.#ask(asking, { headers: this.#common.all, tokens }), tokens);
    } catch (cause) {
      if (cause instanceof TokenTrouble) return cause.verdict === 'denied' ? { verdict: 'denied', code: this.blamed(cause.code) } : { verdict: 'later', reason: cause.code };
      // A signing server that is away comes back; everything else about keys is a person's to mend.
      if (cause instanceof Failure) return cause.code === 'SIGNER_AWAY' ? { verdict: 'later', reason: cause.code } : { verdict: 'denied', code: cause.code };
      throw cause;
    }
  }

  /** A refusal of ours, with the clocks' difference when that is the likely reason. */
  blamed(code: string): string {
    const seconds = Math.round(this.#skewMs / 1000);
    return Math.abs(seconds) > (this.profile.clock?.allowSeconds ?? Number.POSITIVE_INFINITY) ? `${code} CLOCK_SKEW ${seconds > 0 ? '+' : ''}${seconds} s` : code;
  }

  /** A body with the part that came sealed in clear. */
  async opened(body: unknown): Promise<unknown> {
    const rule = this.profile.answer.opened;
    const sealed = rule === undefined ? undefined : textIn(body, rule.at);
    if (rule === undefined || sealed === undefined || sealed === '') return body;
    const clear = await opened(rule.by, new Scope({ ...this.profile.identity, value: sealed }, this.#makers(new Map())), this.#setting.keys ?? {});
    return replacedAt(body, rule.at, parsed(clear));
  }

  async #ask(asking: Asking, { headers, tokens }: { readonly headers: Readonly<Record<string, Template>>; readonly tokens: Map<string, string> }): Promise<Outcome> {
    const scope = new Scope({ ...this.profile.identity, ...asking.known, plain: asking.plain }, this.#makers(tokens));
    const body = asking.travels === undefined ? asking.plain : written(await scope.tree(asking.travels), asking.format ?? 'json');
    scope.set('body', body);
    const named: Record<string, string> = {
      'content-type': asking.format === 'form' ? 'application/x-www-form-urlencoded; charset=utf-8' : 'application/json; charset=utf-8',
      accept: 'application/json', 'accept-encoding': 'identity', ...(asking.gzip === true ? { 'content-encoding': 'gzip' } : {}),
    };
    for (const [name, template] of Object.entries({ ...headers, ...asking.headers })) named[name] = await scope.text(template);
    const path = await scope.path(asking.path);
    const outcome = await exchange(this.#http, this.profile, { method: asking.method, path, body: asking.gzip === true ? gzipSync(body) : body, headers: named });
    const date = 'failure' in outcome ? Number.NaN : Date.parse(outcome.headers['date'] ?? '');
    if (Number.isFinite(date)) {
      this.#skewMs = date - this.wallMs();
      this.#timeTold = true;
    }
    return outcome;
  }

  /** Null before the region has said its time. */
  skewMs(): number | null {
    return this.#timeTold ? this.#skewMs : null;
  }

  #makers(tokens: Map<string, string>): readonly Maker[] {
    const wallMs = this.wallMs() + (this.profile.clock?.follow === 'region' ? this.#skewMs : 0);
    const values = valueMaker(this.profile.values ?? {}, { keys: this.#setting.keys ?? {}, wallMs, nonce: this.#setting.nonce() });
    const fetched: Maker = (name) => {
      const desk = this.#desks.get(name);
      return desk?.token().then((token) => {
        tokens.set(name, token);
        return token;
      });
    };
    return [values, fetched];
  }

  #desk(name: string): TokenDesk {
    const rule = this.profile.tokens?.[name];
    if (rule === undefined) throw new Error(`no rule for the token ${name}`);
    return new TokenDesk(this.profile, rule, {
      wallMs: () => this.wallMs(),
      fetch: async () => {
        const plain = rule.body === undefined ? nothing : written(await this.#scope().tree(rule.body), rule.format ?? 'json');
        const asking = { method: rule.method, path: rule.path, plain, known: {}, ...(rule.headers === undefined ? {} : { headers: rule.headers }), ...(rule.format === undefined ? {} : { format: rule.format }) };
        const sent = sentOf(await this.#ask(asking, { headers: this.#common.withoutTokens, tokens: new Map() }), new Map());
        if (!('verdict' in sent)) return sent;
        return sent.verdict === 'denied' ? new TokenTrouble('denied', sent.code) : new TokenTrouble('later', 'TOKEN_UNREACHABLE');
      },
      open: async (value) => (rule.opened === undefined ? value : opened(rule.opened, this.#scope({ value }), this.#setting.keys ?? {})),
    });
  }

  #scope(known: Readonly<Record<string, Worth>> = {}): Scope {
    return new Scope({ ...this.profile.identity, ...known }, this.#makers(new Map()));
  }
}

function sentOf(outcome: Outcome, tokens: ReadonlyMap<string, string>): Sent {
  if (!('failure' in outcome)) return { ...outcome, tokens };
  const { failure, reason } = outcome;
  return failure === 'refused' ? { verdict: 'denied', code: reason } : { verdict: failure === 'lost' ? 'lost' : 'later', reason };
}

function written(tree: Tree, format: BodyFormat): Uint8Array {
  if (format === 'json' || typeof tree !== 'object' || tree === null || isList(tree)) return Buffer.from(JSON.stringify(tree));
  const pairs = Object.entries(tree).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(typeof value === 'object' ? JSON.stringify(value) : String(value))}`);
  return Buffer.from(pairs.join('&'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
