import { request } from 'node:http';
import { join } from 'node:path';
import { openAuditTrail } from '../../adapters/audit-file/trail.ts';
import { openConsoleStore, type ConsoleStore } from '../../adapters/console-sqlite/store.ts';
import { openStore, openStoreForPages } from '../../adapters/store-sqlite/store.ts';
import { auditKey } from '../../console/server/access/keys.ts';
import { readDescription } from '../../console/server/description.ts';
import type { Workbench } from '../../console/server/workbench.ts';
import { groupsOf } from '../../src/mending/groups.ts';
import { answerableOf } from '../../src/quality/answerable.ts';
import type { Office } from '../../console/server/office.ts';
import { startConsole, type RunningConsole } from '../../console/server/server.ts';
import type { ConsoleParts } from '../../console/server/world.ts';
import { loadSite } from '../../src/config/load-site.ts';
import type { Site } from '../../src/config/site.ts';
import { roles, type Role } from '../../src/port/accounts.ts';
import type { AuditTrail } from '../../src/port/audit.ts';
import type { ConsoleReading } from '../../src/port/finding.ts';
import type { Job } from '../../src/record/job.ts';
import { Duty } from '../../src/schedule/duty.ts';
import type { Timetable } from '../../src/schedule/timetable.ts';
import type { Clock } from '../../src/port/clock.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { monday } from '../fakes/virtual-time.ts';
import { root } from '../house/tree.ts';

export const description = readDescription();

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** A password that every policy here allows. */
export const password = 'Herd of 1000 horses!';

let shipped: Promise<Site> | null = null;

/** The shipped site, read once. */
export function shippedSite(): Promise<Site> {
  shipped ??= loadSite({ dir: root, env: { QILIAN_DATA: '/nowhere', QILIAN_REGION_URL: 'http://127.0.0.1:9', QILIAN_REGION_APP_KEY: 'k', QILIAN_REGION_APP_SECRET: 's' } })
    .then((loaded) => ('site' in loaded ? loaded.site : Promise.reject(new Error(JSON.stringify(loaded.mistakes)))));
  return shipped;
}

/** Time that a test moves on; each look at the steady clock takes a moment, so that no limit on requests is met by accident. */
export class MovedClock implements Clock {
  #now = monday;
  #steady = 0;

  wallMs(): number {
    return this.#now;
  }

  steadyMs(): number {
    this.#steady += 100;
    return this.#steady;
  }

  rest(ms: number): Promise<void> {
    this.#now += ms;
    return new Promise((resolve) => setImmediate(resolve));
  }

  moveOn(ms: number): void {
    this.#now += ms;
  }
}

/** A workbench that looks at what is there and changes nothing; what it was told to do is kept in `told`. */
export function workbenchOf(read: ConsoleReading, site: Site, told: unknown[] = []): Workbench {
  const outcome = { looked: 2, freed: 1, waiting: 0, gone: 0, still: 1, otherwise: 0, unread: 0, moved: 0, problems: [] };
  return {
    groups: () => groupsOf(read, answerableOf(site)),
    preview: async () => outcome,
    checkCodes: async () => undefined,
    addCodes: async (codes) => void told.push(codes),
    redrive: async (selection, by) => {
      told.push({ selection, by });
      return { ...outcome, runs: [1], left: 'nothing' };
    },
    sheet: async () => Buffer.from('PK'),
    take: async () => ({ taken: 1, refused: 0, lines: [] }),
    qualityWorkbook: async () => Buffer.from('PK'),
  };
}

/** An office in which nothing has been compared, and nothing of which can be read. */
export const emptyOffice: Office = {
  comparisons: async () => [],
  decideConflict: async () => undefined,
  concludeBatch: async () => undefined,
  resume: async () => false,
  repairPlan: () => Promise.reject(new Error('nothing was compared')),
  compare: () => undefined,
  repair: async () => undefined,
  sampleRows: async () => [],
  mappingFile: () => ({ file: '', text: '' }),
  indicators: async () => [],
  issued: async () => ({ lists: [], withdrawn: null }),
  takeList: async () => undefined,
  config: () => [{ path: 'gateway.site', value: 'here' }],
  certificates: () => [],
  backups: () => [],
  backUp: async () => ({ name: 'copy', at: monday, bytes: 1 }),
  version: '0', node: process.version, startedAt: monday,
};

/** A timetable on which nothing falls due: what is put in line is only noted. */
export class TimetableByHand implements Timetable {
  readonly joined: string[] = [];

  nextRun(): number | null {
    return null;
  }

  join(job: Job): void {
    this.joined.push(job.job);
  }

  standing(): null {
    return null;
  }

  alone<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  async renew(): Promise<void> {
    return undefined;
  }

  async stop(): Promise<void> {
    return undefined;
  }
}

/** A console with everything real but the hours of hashing, and people who sit before it. */
export class Hall {
  readonly folder: string;
  readonly clock: MovedClock;
  readonly store: ConsoleStore;
  readonly trail: AuditTrail;
  readonly running: RunningConsole;
  readonly logged: string[];
  readonly read: ConsoleReading;
  readonly timetable: TimetableByHand;
  readonly duty: Duty;
  readonly workbench: Workbench;

  private constructor(parts: Pick<Hall, 'folder' | 'clock' | 'store' | 'trail' | 'running' | 'logged' | 'read' | 'timetable' | 'duty' | 'workbench'>) {
    this.folder = parts.folder;
    this.clock = parts.clock;
    this.store = parts.store;
    this.trail = parts.trail;
    this.running = parts.running;
    this.logged = parts.logged;
    this.read = parts.read;
    this.timetable = parts.timetable;
    this.duty = parts.duty;
    this.workbench = parts.workbench;
  }

  /** `gatewayFile` is a store that something has happened in; else nothing has. */
  static async open(change: Partial<ConsoleParts> = {}, gatewayFile?: string): Promise<Hall> {
    const folder = temporaryFolder();
    const clock = new MovedClock();
    const site = await shippedSite();
    const key = Buffer.alloc(32, 7);
    const store = openConsoleStore(join(folder, 'console.db'));
    const trail = await openAuditTrail({ file: join(folder, 'audit', 'audit.jsonl'), anchors: join(folder, 'anchors', 'anchors.jsonl'), key: auditKey(key), index: store.audit, zoneMinutes: 480 });
    const file = gatewayFile ?? join(folder, 'gateway.db');
    if (gatewayFile === undefined) await openStore(file, 'test').close();
    const read = openStoreForPages(file);
    const timetable = new TimetableByHand();
    const workbench = workbenchOf(read, site);
    const duty = await Duty.begin(clock, store.pauses);
    const logged: string[] = [];
    const running = await startConsole({
      port: 0, host: '127.0.0.1', names: [], tls: null, site: () => site, clock, accounts: store.accounts, alarms: store.alarms, holders: store.holders, trail, key, hashingCost: 2,
      log: (code, facts) => void logged.push(`${code} ${Object.values(facts).join(' ')}`), ready: async () => undefined,
      read, duty, timetable, workbench, office: emptyOffice, lamp: () => ({ state: 'closed', since: null, reason: null }), sayGate: async () => undefined, plan: async () => null, changeCron: async () => undefined,
      surroundings: async () => ({ storeBytes: 1, consoleBytes: 1, freeBytes: 2 ** 30, totalBytes: 2 ** 31, skewMs: null }),
      ...change,
    }).catch(async (cause: unknown) => {
      await trail.close();
      await read.close();
      store.close();
      throw cause;
    });
    return new Hall({ folder, clock, store, trail, running, logged, read, timetable, duty, workbench });
  }

  async close(): Promise<void> {
    await this.running.close();
    await this.trail.close();
    await this.read.close();
    this.store.close();
  }

  /** One account of each role, with the role for a login. */
  async setUp(secondFactor: 'required' | 'optional' = 'optional'): Promise<Reply> {
    return this.visitor().ask('POST', '/api/setup', {
      token: this.running.setupToken, secondFactor, accounts: roles.map((role) => ({ login: role, name: `Made-up ${role}`, role, password })),
    });
  }

  visitor(): Visitor {
    return new Visitor(this.running.url);
  }

  /** A second person of this role, made by one administrator and given rights by another. */
  async another(role: Role): Promise<Visitor> {
    const login = `other-${role}`;
    const made = (await (await this.as('system')).ask('POST', '/api/accounts', { login, name: 'Somebody else', reason: 'one more' })).json;
    await (await this.as('security')).ask('PUT', `/api/accounts/${(made['account'] as { id: number }).id}/rights`, { role, reason: 'one more' });
    const visitor = this.visitor();
    await visitor.signIn(login, String(made['password']));
    await visitor.ask('POST', '/api/session/password', { old: made['password'], new: password });
    return visitor;
  }

  /** Somebody who has signed in. */
  async as(role: Role): Promise<Visitor> {
    const visitor = this.visitor();
    const reply = await visitor.signIn(role, password);
    if (reply.status !== 200) throw new Error(`${role} is not let in: ${reply.text}`);
    return visitor;
  }
}

/** A browser: it keeps the cookie, and brings the word that our pages know. */
export class Visitor {
  readonly #url: URL;
  cookie: string | null = null;
  csrf: string | null = null;

  constructor(url: string) {
    this.#url = new URL(url);
  }

  async signIn(login: string, word: string, code?: string): Promise<Reply> {
    const reply = await this.ask('POST', '/api/login', { login, password: word, ...(code === undefined ? {} : { code }) });
    if (reply.status === 200) this.csrf = String(reply.json['csrf']);
    return reply;
  }

  /** `body` as text is sent as it is. */
  async ask(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const sent = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const reply = await new Promise<Reply>((resolve, reject) => {
      const call = request({
        host: this.#url.hostname, port: this.#url.port, path, method,
        headers: {
          ...(this.cookie === null ? {} : { cookie: this.cookie }), ...(this.csrf === null || method === 'GET' ? {} : { 'x-csrf': this.csrf }),
          ...(sent === null ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(sent)) }), ...headers,
        },
      }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          const isJson = String(response.headers['content-type']).startsWith('application/json');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: isJson ? JSON.parse(text) as Reply['json'] : {} });
        });
      });
      call.on('error', reject).end(sent ?? undefined);
    });
    for (const cookie of [reply.headers['set-cookie'] ?? []].flat()) this.cookie = cookie.split(';')[0] ?? null;
    holdToDescription(method, path, reply);
    return reply;
  }
}

/** Every answer that any test gets is what the description says. */
function holdToDescription(method: string, path: string, reply: Reply): void {
  if (!String(reply.headers['content-type']).startsWith('application/json')) return;
  const bare = path.replace(/\?.*$/, '');
  const operation = description.operations.find((one) => one.method === method.toLowerCase() && new RegExp(`^${one.path.replaceAll(/:\w+/g, '[^/]+')}$`).test(bare));
  const check = operation?.checkAnswer(reply.status) ?? null;
  if (check !== null && !check(reply.json)) throw new Error(`${method} ${path} answers ${reply.status} otherwise than described: ${JSON.stringify(check.errors?.[0])} in ${reply.text.slice(0, 400)}`);
}
