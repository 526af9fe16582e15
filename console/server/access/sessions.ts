import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Account, AccountStore, Role, SessionRecord, Stage } from '../../../src/port/accounts.ts';
import type { Clock } from '../../../src/port/clock.ts';
import type { Identity } from '../asked.ts';
import { policyOf, type Policy } from './policy.ts';

/** What sessions need. */
export interface SessionParts {
  readonly accounts: AccountStore;
  readonly clock: Clock;
  readonly rights: Readonly<Record<Role, readonly string[]>>;
}

const minuteMs = 60_000;
/** A session's last use is written down at most so often. */
const touchMs = 15_000;

/** Who a browser's cookie stands for, or null: unknown, idle for too long, too old, or no longer enabled. */
export async function identityOf(token: string | null, parts: SessionParts): Promise<Identity | null> {
  return token === null ? null : identityOfSession(hashOf(token), parts);
}

/** The same for a session that is known already; its end is not moved on. */
export async function identityOfSession(hashed: string, parts: SessionParts): Promise<Identity | null> {
  const session = await parts.accounts.session(hashed);
  if (session === null) return null;
  const account = await parts.accounts.account(session.account);
  const policy = await policyOf(parts.accounts);
  if (account === null || account.state !== 'enabled' || account.role === null || ends(session, policy) <= parts.clock.wallMs()) {
    await parts.accounts.endSession(session.hash);
    return null;
  }
  return { account, role: account.role, session, permissions: session.stage === 'full' ? parts.rights[account.role] : [] };
}

/** Moves the end of idleness on. */
export async function noteUse({ session }: Identity, { accounts, clock }: SessionParts): Promise<void> {
  if (clock.wallMs() - session.seenAt >= touchMs) await accounts.touch(session.hash, { seenAt: clock.wallMs() });
}

/** The moment a session ends if nothing is done any more. */
export function ends(session: SessionRecord, policy: Policy): number {
  return Math.min(session.seenAt + policy.idleMinutes * minuteMs, session.startedAt + policy.absoluteHours * 60 * minuteMs);
}

/** Begins a session under a new name, and gives what the browser is to hold. */
export async function beginSession(account: Account, about: { readonly address: string }, { accounts, clock }: SessionParts): Promise<{ readonly token: string; readonly session: SessionRecord }> {
  const token = randomBytes(32).toString('base64url');
  const now = clock.wallMs();
  const session: SessionRecord = {
    hash: hashOf(token), account: account.id, csrf: randomBytes(24).toString('base64url'), stage: stageOf(account, await policyOf(accounts), now),
    address: about.address, startedAt: now, seenAt: now,
  };
  await accounts.begin(session);
  return { token, session };
}

/** What must be done before anything else is allowed. */
export function stageOf(account: Account, policy: Policy, now: number): Stage {
  if (account.mustChange || passwordEnds(account, policy) <= now) return 'password';
  return policy.secondFactor === 'required' && account.secret === null ? 'second-factor' : 'full';
}

export function passwordEnds(account: Account, policy: Policy): number {
  return account.passwordAt + policy.maxAgeDays * 24 * 60 * minuteMs;
}

/** Whether a request brings the word that only our own pages know. */
export function fitsCsrf(given: unknown, { session }: Identity): boolean {
  const wanted = Buffer.from(session.csrf);
  const found = Buffer.from(typeof given === 'string' ? given : '');
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}

/** What the pages are told of a session. */
export function sessionFacts({ account, session, permissions }: Pick<Identity, 'account' | 'session' | 'permissions'>, policy: Policy): Readonly<Record<string, unknown>> {
  return {
    state: 'in', stage: session.stage, account: account.id, login: account.login, name: account.name, role: account.role, permissions, datasets: account.datasets,
    csrf: session.csrf, idleAt: session.seenAt + policy.idleMinutes * minuteMs, endsAt: session.startedAt + policy.absoluteHours * 60 * minuteMs,
    secondFactor: account.secret !== null, passwordEndsAt: passwordEnds(account, policy),
  };
}

/** `__Host-` binds the cookie to this host and to TLS; without TLS browsers refuse that name. */
export function cookieName(secure: boolean): string {
  return secure ? '__Host-qilian' : 'qilian';
}

export function cookieOf(token: string | null, secure: boolean): string {
  const end = token === null ? '; Max-Age=0' : '';
  return `${cookieName(secure)}=${token ?? ''}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}${end}`;
}

export function tokenIn(header: string | undefined, secure: boolean): string | null {
  const found = (header ?? '').split(';').map((part) => part.trim().split('=')).find(([name]) => name === cookieName(secure));
  return found?.[1] === undefined || found[1] === '' ? null : found[1];
}

function hashOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
