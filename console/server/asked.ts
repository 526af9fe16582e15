import type { Request, Response } from 'express';
import type { Account, Role, SessionRecord } from '../../src/port/accounts.ts';
import type { Json } from '../../src/port/audit.ts';
import type { Texts } from '../../src/cli/texts.ts';
import { Refusal } from './refusal.ts';

/** Who asks, when somebody has signed in. */
export interface Identity {
  readonly account: Account;
  readonly role: Role | null;
  readonly session: SessionRecord;
  readonly permissions: readonly string[];
}

/** One request, checked by the description: who asks for what. */
export interface Asked {
  readonly operation: string;
  readonly who: Identity | null;
  readonly address: string;
  readonly secure: boolean;
  readonly path: Readonly<Record<string, string | number>>;
  readonly query: Readonly<Record<string, string | number>>;
  readonly body: unknown;
  readonly texts: Texts;
  readonly request: Request;
  readonly response: Response;
}

/** What is answered: JSON, bytes with their type, or what has been written to the response already. */
export type Answer =
  | { readonly status?: number; readonly json: unknown; readonly cookie?: string | null }
  | { readonly bytes: Buffer | string; readonly type: string; readonly name?: string }
  | { readonly taken: true };

/** A deed that has been found allowed and possible; it is written to the audit, and then done. */
export interface Act {
  /** What it is done to, e.g. `job licences`. */
  readonly object: string;
  /** Who does it, when nobody has signed in yet. */
  readonly actor?: { readonly login: string; readonly role: string };
  readonly before?: Json;
  readonly after?: Json;
  readonly perform: () => Promise<Answer>;
}

export type Read = (asked: Asked) => Promise<Answer>;
export type Prepare = (asked: Asked) => Promise<Act>;

/** What a group of routes brings, by operation. */
export interface Handlers {
  readonly reads?: Readonly<Record<string, Read>>;
  readonly acts?: Readonly<Record<string, Prepare>>;
}

export const done: Answer = { json: { done: true } };
export const accepted: Answer = { status: 202, json: { done: true } };

/** The body, which the description has checked. */
export function bodyOf<T>(asked: Asked): T {
  return asked.body as T;
}

/** Who has signed in; the description lets nobody else come here. */
export function whoOf(asked: Asked): Identity {
  if (asked.who === null) throw new Refusal(401, 'NOT_SIGNED_IN');
  return asked.who;
}

export function may(asked: Asked, permission: string): boolean {
  return asked.who?.permissions.includes(permission) === true;
}

/** Datasets that the account sees; null: all. */
export function scopeOf(asked: Asked): readonly string[] | null {
  return asked.who?.account.datasets ?? null;
}

/** Refuses what belongs to a dataset outside the account's. */
export function checkDataset(asked: Asked, dataset: string): void {
  const scope = scopeOf(asked);
  if (scope !== null && !scope.includes(dataset)) throw new Refusal(403, 'NOT_YOURS', { dataset });
}
