import type { IncomingHttpHeaders } from 'node:http';
import type { Door } from './door.ts';
import type { Illness, Ward } from './illness.ts';
import type { Answer } from './answer.ts';
import type { CompiledTable } from './record-check.ts';
import type { RegionStore } from './region-store.ts';

/** What has been asked of the region since it started. */
export interface Counts {
  requests: number;
  batches: number;
  replays: number;
  accepted: number;
  refused: number;
}

/** The region as one thing: what it knows, what it keeps, how ill it is. Every handler gets it as its first argument. */
export interface Region {
  readonly player: Player;
  readonly door: Door;
  readonly tables: ReadonlyMap<string, CompiledTable>;
  readonly store: RegionStore;
  readonly ward: Ward;
  readonly counts: Counts;
  /** Batches being worked on: a second sending meanwhile is answered 409. */
  readonly inFlight: Set<string>;
  /** Batches whose receipts are held back, with how many askings they stay so. */
  readonly heldBack: Map<string, number>;
  readonly wallMs: () => number;
  readonly rest: (ms: number) => Promise<void>;
  /** Offset of the region's local time, `+08:00`. */
  readonly zone: string;
  /** True once it is closing: whoever wakes up then must not touch the store. */
  readonly closing: () => boolean;
}

/** One request, read whole. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Body bytes that came, also those beyond what was kept. */
  readonly size: number;
  /** The region's time at arrival, shifted when its clock is off. */
  readonly nowMs: number;
  /** The illnesses that strike it. */
  readonly struck: readonly Illness[];
  /** Resolves when the caller has hung up. */
  readonly gone: Promise<void>;
}

/** How one region speaks: who may come in, how a batch is read, how the answer is put. What it checks records by is the same for all. */
export interface Player {
  /** Of the interface profile it answers to. */
  readonly name: string;
  /** What becomes of a record created that is there already: a second copy, the first replaced, or a refusal that says so. */
  readonly repeats: 'twice' | 'replaced' | 'told';
  /** The table that a call to this path pushes to; null for any other call. */
  pushedTo(path: string): string | null;
  /** Whether an illness strikes here that names no path of its own; where tokens are given, none does. */
  open(path: string): boolean;
  /** Null when nobody is left to answer. */
  answer(region: Region, call: Call): Answer | null | Promise<Answer | null>;
}

/** The body as a JSON object; an empty object when it is none. */
export function objectIn(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
