import type { FrontdbProfile } from '../../src/port/profile.ts';
import type { Parcel } from '../../src/record/batch.ts';
import type { Receipt } from '../../src/record/receipt.ts';
import { namer } from '../region-records/record-writer.ts';
import type { Server, Session } from './server.ts';

/** Values of a statement at most; PostgreSQL numbers them in 16 bits. */
const mostValues = 30_000;

/** The statements an exchange database is asked, by its profile. */
export class Tables {
  readonly #profile: FrontdbProfile;
  readonly #column: (name: string) => string;

  constructor(profile: FrontdbProfile) {
    this.#profile = profile;
    this.#column = namer(profile.records);
  }

  async insert(server: Server, session: Session, parcel: Parcel): Promise<void> {
    const records = JSON.parse(Buffer.from(parcel.body).toString()) as readonly Readonly<Record<string, unknown>>[];
    // Records of one operation have the same fields; a removal has fewer, so rows go by what they have.
    const byColumns = Map.groupBy(records, (record) => JSON.stringify(Object.keys(record)));
    for (const [names, group] of byColumns) {
      const columns = JSON.parse(names) as readonly string[];
      const into = `insert into ${this.#table(server, parcel)} (${columns.map((name) => server.quote(name)).join(', ')}) values `;
      const row = `(${columns.map(() => '?').join(', ')})`;
      const most = Math.max(1, Math.floor(mostValues / columns.length));
      for (let from = 0; from < group.length; from += most) {
        const some = group.slice(from, from + most);
        await session.ask(into + some.map(() => row).join(', '), some.flatMap((record) => columns.map((name) => record[name] ?? null)));
      }
    }
  }

  async rowGuids(server: Server, session: Session, parcel: Parcel): Promise<readonly string[]> {
    return (await this.rows(server, session, parcel)).map((row) => row.rowGuid);
  }

  /** Rows of the batch that are there, and whether the poller has taken them. */
  async rows(server: Server, session: Session, parcel: Parcel): Promise<readonly { readonly rowGuid: string; readonly synced: boolean }[]> {
    const { rowGuid, batch, synced } = this.#profile.exchange;
    const [guid, no] = [server.quote(this.#column(rowGuid)), server.quote(this.#column(batch))];
    const flag = synced === undefined ? '' : `, ${server.quote(this.#column(synced.column))} as flag`;
    const found = await session.ask(`select ${guid} as guid${flag} from ${this.#table(server, parcel)} where ${no} = ?`, [parcel.no]);
    return found.map((row) => ({ rowGuid: String(row['guid']), synced: synced === undefined || synced.done.includes(String(row['flag'])) }));
  }

  /** Refusals of the batch's rows, from the error tables. */
  async errors(server: Server, session: Session, parcel: Parcel): Promise<ReadonlyMap<string, Receipt>> {
    const found = new Map<string, Receipt>();
    for (const error of this.#profile.exchange.errors) {
      if (error.of !== undefined && !error.of.includes(parcel.table)) continue;
      const columns = [error.rowGuid, error.message, ...(error.code === undefined ? [] : [error.code])].map((name) => server.quote(name));
      const [guid, message, code] = columns;
      const rows = await session.ask(`select ${guid} as guid, ${message} as message${code === undefined ? '' : `, ${code} as code`} from ${server.quote(error.table)} where ${server.quote(error.batch)} = ?`, [parcel.no]);
      for (const row of rows) {
        const rowGuid = String(row['guid']);
        found.set(rowGuid, { rowGuid, verdict: 'refused', code: String(row['code'] ?? error.table), message: String(row['message'] ?? '') });
      }
    }
    return found;
  }

  #table(server: Server, { table }: Parcel): string {
    return server.quote(this.#profile.exchange.tables?.[table] ?? table);
  }
}
