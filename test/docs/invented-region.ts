import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { sm2 } from 'sm-crypto-v2';

type Wish = Readonly<Record<string, unknown>>;

/** The region of the example in docs/new-region.md, written from its document alone. */
export class InventedRegion {
  readonly batches = new Map<string, readonly Wish[]>();
  readonly seqs = new Set<string>();
  logins = 0;
  /** What is wrong with a record, or null. */
  judge: (record: Wish) => string | null = () => null;
  /** Breaks the line after the work is done. */
  loseAnswers = 0;
  #ticket = '';
  readonly #publicKey: string;
  readonly #server: Server;

  constructor(publicKey: string) {
    this.#publicKey = publicKey;
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part)).on('end', () => this.#answer(request, Buffer.concat(parts), response));
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  forgetTicket(): void {
    this.#ticket = '';
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer(request: IncomingMessage, bytes: Buffer, response: ServerResponse): void {
    const said = this.#said(request, bytes);
    if (this.loseAnswers > 0 && request.method === 'POST' && request.url?.startsWith('/report/') === true) {
      this.loseAnswers -= 1;
      response.destroy();
      return;
    }
    response.end(JSON.stringify(said));
  }

  #said({ url = '', method, headers }: IncomingMessage, bytes: Buffer): object {
    if (url === '/sso/login') return this.#login(new URLSearchParams(bytes.toString()));
    if (this.#ticket === '' || headers['x-ticket'] !== this.#ticket) return { status: { code: 3 }, custom: { code: 0 } };
    const seq = String(headers['x-seq']);
    if (!/^\d{10}$/.test(seq) || this.seqs.has(seq)) return { status: { code: 1 }, custom: { code: 5, text: 'X-Seq' } };
    this.seqs.add(seq);
    const body = headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
    const signature = Buffer.from(String(headers['x-sign']), 'base64').toString('hex');
    if (!sm2.doVerifySignature(body, signature, this.#publicKey, { hash: true })) return { status: { code: 1 }, custom: { code: 6, text: 'X-Sign' } };
    const asked = /^\/report\/(\w+)\/state$/.exec(url)?.[1];
    if (method === 'GET' && asked !== undefined) {
      const kept = this.batches.get(asked);
      return { status: { code: 1 }, custom: { code: 1, state: kept === undefined ? 0 : 2, bad: this.#bad(kept ?? []) } };
    }
    return headers['content-encoding'] === 'gzip' ? this.#take(url, body) : { status: { code: 1 }, custom: { code: 4, text: 'gzip' } };
  }

  #login(form: URLSearchParams): object {
    this.logins += 1;
    const [client, stamp] = [form.get('client') ?? '', form.get('stamp') ?? ''];
    const right = client === 'demo-county' && /^\d{14}$/.test(stamp) && form.get('sign') === createHmac('sm3', 'demo-secret').update(client + stamp).digest('base64');
    if (!right) return { status: { code: 1 }, custom: { code: 6 } };
    this.#ticket = `ticket-${this.logins}`;
    return { status: { code: 1 }, custom: { code: 1, ticket: this.#ticket, until: Math.floor(Date.now() / 1000) + 7200 } };
  }

  #take(url: string, bytes: Buffer): object {
    const { head, body } = JSON.parse(bytes.toString()) as { readonly head: Wish; readonly body: readonly Wish[] };
    if (head['area'] !== '150626' || `/report/${String(head['kind'])}` !== url || head['lines'] !== body.length) return { status: { code: 1 }, custom: { code: 4, text: 'head' } };
    const no = String(head['seq']);
    if (this.batches.has(no)) return { status: { code: 1 }, custom: { code: 7, text: '重复批次' } };
    this.batches.set(no, body);
    const bad = this.#bad(body);
    return { status: { code: 1 }, custom: { code: bad.length === 0 ? 1 : 2, bad } };
  }

  #bad(records: readonly Wish[]): readonly Wish[] {
    return records.flatMap((record) => {
      const why = this.judge(record);
      return why === null ? [] : [{ guid: record['rowGuid'], why }];
    });
  }
}
