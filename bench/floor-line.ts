import { hash, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { FloorBatch, FloorReceipt } from './floor-outbox.ts';

/** Key pair and address of the region. */
export interface FloorKeys {
  readonly url: string;
  readonly appKey: string;
  readonly secret: string;
}

interface RegionReply {
  readonly code: number;
  readonly data?: { readonly accessToken?: string; readonly receipts?: readonly { readonly rowGuid: string; readonly code: string; readonly message?: string }[] };
}

const dataSource = '150';

/** Two kept-alive connections to the region; every call signed, every body covered by the signature. */
export class FloorLine {
  readonly #keys: FloorKeys;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 2 });
  #token = '';

  constructor(keys: FloorKeys) {
    this.#keys = keys;
  }

  async open(): Promise<void> {
    this.#token = (await this.#call('/auth/token', '', {})).data?.accessToken ?? '';
  }

  /** Sends a batch and reads a receipt for every record; throws when the answer is anything else. */
  async push(batch: FloorBatch): Promise<readonly FloorReceipt[]> {
    const no = `F${String(batch.no).padStart(15, '0')}`;
    const tail = `,"cd_operation":"I","cd_time":"${batch.time}","cd_batch":"${no}","data_source":"${dataSource}"}`;
    let records = '[';
    for (const record of batch.records) records += (records.length === 1 ? '' : ',') + record.body.slice(0, -1) + tail;
    records += ']';
    const body = `{"batchNo":"${no}","dataSource":"${dataSource}","count":${batch.records.length},"digest":"${hash('sm3', records)}","records":${records}}`;
    const reply = await this.#call('/v1/up/up_lic_data', body, { 'idempotency-key': no, authorization: `Bearer ${this.#token}` });
    const receipts = reply.data?.receipts ?? [];
    if ((reply.code !== 200 && reply.code !== 207) || receipts.length !== batch.records.length) throw new Error(`batch ${no} was answered with ${reply.code}`);
    return receipts.map((receipt, index) => {
      const record = batch.records[index];
      if (record === undefined || record.guid !== receipt.rowGuid) throw new Error(`batch ${no} has receipts out of order`);
      return [record.seq, receipt.code, receipt.message ?? null] as const;
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  #call(path: string, text: string, more: Readonly<Record<string, string>>): Promise<RegionReply> {
    const { url, appKey, secret } = this.#keys;
    const body = Buffer.from(text);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const nonce = randomUUID();
    const signature = hash('sha256', timestamp + secret + nonce + hash('sm3', body) + timestamp).toUpperCase();
    const headers = {
      ...more,
      'x-aep-appkey': appKey,
      'x-aep-timestamp': timestamp,
      'x-aep-nonce': nonce,
      'x-aep-signature': signature,
      'content-type': 'application/json; charset=utf-8',
      'content-length': body.length,
    };
    return new Promise((resolve, reject) => {
      const sent = request(url + path, { method: 'POST', agent: this.#agent, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString('utf8')) as RegionReply));
      });
      sent.on('error', reject).end(body);
    });
  }
}
