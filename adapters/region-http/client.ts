import type { AskRule, HttpProfile } from '../../src/port/profile.ts';
import type { Region } from '../../src/port/region.ts';
import type { Parcel } from '../../src/record/batch.ts';
import type { Answer, Fate } from '../../src/record/receipt.ts';
import { readAnswer, readFate, type Reader } from './answer.ts';
import { counterpart } from './counterpart.ts';
import { feedOf } from './feed.ts';
import { Line, type Asking, type LineSetting, type Sent } from './line.ts';
import { Scope } from './scope.ts';
import { verifierOf } from './verifier.ts';
import { wrapper } from './wrap.ts';

/** The region over HTTP, by its interface profile. */
export function openRegion(profile: HttpProfile, setting: LineSetting): Region {
  const line = new Line(profile, setting);
  const client = new Client(line);
  return {
    wrap: wrapper(profile),
    push: (parcel) => client.push(parcel),
    ask: (parcel) => client.ask(parcel),
    counterpart: counterpart(line),
    skewMs: () => line.skewMs(),
    ...(profile.pull === undefined ? {} : { feed: feedOf(line, profile.pull) }),
    ...(profile.verify === undefined ? {} : { verifier: verifierOf(line, profile.verify) }),
    close: async () => line.close(),
  };
}

class Client {
  readonly #line: Line;
  readonly #profile: HttpProfile;
  /** Batches that may have been at the region before: only of these “I have it already” is good news. */
  readonly #doubted = new Set<string>();

  constructor(line: Line) {
    this.#line = line;
    this.#profile = line.profile;
  }

  async push(parcel: Parcel): Promise<Answer> {
    const { push } = this.#profile;
    const table = push.tables?.[parcel.table];
    const asking: Asking = {
      method: push.method, path: table?.path ?? push.path, plain: parcel.body, known: this.#known(parcel),
      ...(push.headers === undefined ? {} : { headers: push.headers }), ...(push.format === undefined ? {} : { format: push.format }),
      ...(push.travels === undefined ? {} : { travels: push.travels }), ...(push.gzip === undefined ? {} : { gzip: push.gzip }),
    };
    const answer = await this.#answered(asking, (sent) => readAnswer(this.#reader(parcel), sent), (lost) => ({ verdict: 'unknown', reason: lost }));
    if (answer.verdict === 'unknown') this.#doubted.add(parcel.no);
    else if (answer.verdict === 'settled' || answer.verdict === 'refused') this.#doubted.delete(parcel.no);
    return answer;
  }

  async ask(parcel: Parcel): Promise<Fate> {
    const rule = this.#profile.ask;
    this.#doubted.add(parcel.no);
    if ('cannot' in rule) return rule.cannot === 'send-again' ? { verdict: 'never-seen' } : { verdict: 'unknown', reason: 'ASK_NOT_POSSIBLE' };
    const asking = await this.#question(rule, parcel);
    return this.#answered<Fate>(asking, (sent) => readFate(this.#reader(parcel), rule, sent), (lost) => ({ verdict: 'later', restMs: 0, reason: lost }));
  }

  /** Sends; when something fetched is no longer good, fetches it anew and sends once more. */
  async #answered<T extends Fate>(asking: Asking, read: (sent: Exclude<Sent, { verdict: string }>) => Promise<T | { readonly verdict: 'token' }>, lost: (reason: string) => T): Promise<T | Answer> {
    for (let again = false; ; again = true) {
      const sent = await this.#line.send(asking);
      if ('verdict' in sent) return this.#unsent(sent, lost);
      const reading = await read(sent);
      if (reading.verdict !== 'token') return reading.verdict === 'denied' ? { ...reading, code: this.#line.blamed(reading.code) } : reading;
      if (again || sent.tokens.size === 0) return this.#unsent({ verdict: 'denied', code: this.#line.blamed('TOKEN_NOT_ACCEPTED') }, lost);
      await this.#line.forget(sent.tokens);
    }
  }

  #unsent<T>(sent: Extract<Sent, { verdict: string }>, lost: (reason: string) => T): T | Answer {
    if (sent.verdict === 'denied') return { verdict: 'denied', code: sent.code, reason: sent.code };
    return sent.verdict === 'lost' ? lost(sent.reason) : { verdict: 'later', restMs: 0, reason: sent.reason };
  }

  async #question(rule: Exclude<AskRule, { cannot: string }>, parcel: Parcel): Promise<Asking> {
    const known = this.#known(parcel);
    const body = rule.body === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(await new Scope({ ...this.#profile.identity, ...known }).tree(rule.body)));
    return {
      method: rule.method, path: rule.path, plain: body, known,
      ...(rule.headers === undefined ? {} : { headers: rule.headers }), ...(rule.format === undefined ? {} : { format: rule.format }),
      ...(rule.travels === undefined ? {} : { travels: rule.travels }),
    };
  }

  #known({ no, table, count, digest, rowGuids }: Parcel): Asking['known'] {
    const [only] = rowGuids;
    return { batchNo: no, table, count, digest, ...(rowGuids.length === 1 && only !== undefined ? { rowGuid: only } : {}), ...this.#profile.push.tables?.[table]?.values };
  }

  #reader({ no, rowGuids }: Parcel): Reader {
    return {
      profile: this.#profile, asked: { rowGuids, doubted: this.#doubted.has(no) }, wallMs: this.#line.wallMs(),
      opened: (body) => this.#line.opened(body),
    };
  }
}
