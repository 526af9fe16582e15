import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Place } from './frontdb/database.ts';
import { startPoller } from './frontdb/poller.ts';
import { ward } from './illness.ts';
import { listener } from './listener.ts';
import { nonceMemory } from './nonce-memory.ts';
import { players } from './players/all.ts';
import { pointedAt } from './order-check.ts';
import { compileTable } from './record-check.ts';
import type { Region } from './region.ts';
import { openRegionStore } from './region-store.ts';
import type { RegionStore } from './region-store.ts';
import { readRegionTables } from './region-tables.ts';
import { tokenDesk } from './token-desk.ts';

/** How to play the region. */
export interface SimulatorOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly host?: string;
  /** Folder of `region.db`; made when missing, kept between starts. */
  readonly dataDir: string;
  /** `mappings/region/nmg`: where `tables.json` and `dictionaries.yaml` are. */
  readonly profileDir: string;
  /** Which interface it speaks; `nmg` when not given. */
  readonly play?: string;
  /** The exchange database it empties, when it speaks through one. */
  readonly frontdb?: Place;
  readonly appKey: string;
  readonly appSecret: string;
  readonly clock: { wallMs(): number };
  readonly luck: () => number;
  /** How long a token lasts; 7200 s when not given. */
  readonly tokenSeconds?: number;
  /** Offset of the region's local time; `+08:00` when not given. */
  readonly zone?: string;
  /** How latency and dripping wait; a real timer when not given. */
  readonly rest?: (ms: number) => Promise<void>;
}

/** A region that is listening. */
export interface Simulator {
  readonly url: string;
  readonly port: number;
  readonly store: RegionStore;
  close(): Promise<void>;
}

/** Opens the store, compiles the tables and listens; resolves when callers can come. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const player = players.get(options.play ?? 'nmg');
  if (player === undefined) throw new Error(`nobody plays ${options.play}: ${[...players.keys()].join(', ')}`);
  mkdirSync(options.dataDir, { recursive: true });
  const tables = readRegionTables(options.profileDir);
  const store = openRegionStore(join(options.dataDir, 'region.db'), tables.keys(), pointedAt);
  const ending = new AbortController();
  const region: Region = {
    player,
    door: { appKey: options.appKey, appSecret: options.appSecret, nonces: nonceMemory(), tokens: tokenDesk(options.tokenSeconds ?? 7200) },
    tables: new Map([...tables].map(([name, table]) => [name, compileTable(table)])),
    store,
    ward: ward(options.luck),
    counts: { requests: 0, batches: 0, replays: 0, accepted: 0, refused: 0 },
    inFlight: new Set(),
    heldBack: new Map(),
    wallMs: () => options.clock.wallMs(),
    rest: options.rest ?? ((ms) => setTimeout(ms, undefined, { signal: ending.signal }).catch(() => undefined)),
    zone: options.zone ?? '+08:00',
    closing: () => ending.signal.aborted,
  };
  const server = createServer({ keepAliveTimeout: 60_000, connectionsCheckingInterval: 1000 }, listener(region));
  const poller = options.frontdb === undefined ? null : await startPoller({ region, tables, place: options.frontdb, everyMs: 100 });
  const host = options.host ?? '127.0.0.1';
  const port = await listening(server, host, options.port).catch(async (error: unknown) => {
    await poller?.close();
    store.close();
    throw error;
  });
  return { url: `http://${host}:${port}`, port, store, close: () => close(server, store, { ending, poller }) };
}

function listening(server: Server, host: string, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', reject);
  server.listen({ host, port, backlog: 1024 }, () => resolve((server.address() as AddressInfo).port));
  return promise;
}

/** Whoever still waits is cut off; the store closes after the last of them. */
async function close(server: Server, store: RegionStore, { ending, poller }: { readonly ending: AbortController; readonly poller: { close(): Promise<void> } | null }): Promise<void> {
  if (ending.signal.aborted) return;
  ending.abort();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  await promise;
  await poller?.close();
  store.close();
}
