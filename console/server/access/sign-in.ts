import { hash } from 'node:crypto';
import type { Account, AccountStore, Role } from '../../../src/port/accounts.ts';
import type { Clock } from '../../../src/port/clock.ts';
import { isLoopback } from '../guard.ts';
import { Refusal } from '../refusal.ts';
import type { ConsoleKeys } from './keys.ts';
import type { Passwords } from './password.ts';
import { policyOf, type Policy } from './policy.ts';
import { stepOf } from './totp.ts';

export interface SignInParts {
  readonly accounts: AccountStore;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly keys: ConsoleKeys;
  readonly rights: Readonly<Record<Role, readonly string[]>>;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * Who a login, a password and perhaps a code stand for. An unknown login, a wrong password and a disabled account get the
 * same words after the same work; a login is locked whether there is such an account or not, so that nobody learns which exist.
 */
export async function signIn({ login, password, code }: { readonly login: string; readonly password: string; readonly code?: string }, address: string, parts: SignInParts): Promise<Account> {
  const { accounts, clock } = parts;
  const policy = await policyOf(accounts);
  const now = clock.wallMs();
  await refuseLocked({ login, address, now }, policy, accounts);
  const account = await accounts.byLogin(login);
  const right = await parts.passwords.fits(password, account?.password ?? null);
  if (!right || account === null || !usable(account, policy, now)) {
    await noteFailure({ login, address, now }, accounts);
    throw new Refusal(401, 'SIGN_IN_WRONG');
  }
  const usedStep = await secondFactor(account, code, { address, now }, parts);
  const signedIn: Account = { ...account, usedStep, lastLoginAt: now };
  if (!(await accounts.change(account, { usedStep, lastLoginAt: now }))) throw new Refusal(409, 'MOVED_ON');
  await accounts.forgetFailures('login', loginSubject(login));
  return signedIn;
}

/** Until when a login is locked; null: it is not. */
export async function lockedUntil(login: string, policy: Policy, { accounts, now }: { readonly accounts: AccountStore; readonly now: number }): Promise<number | null> {
  const recent = await accounts.failures('login', loginSubject(login), now - Math.max(policy.failureWindowMinutes, policy.lockMinutes) * minuteMs);
  const until = recent.flatMap((at, index) => {
    const first = recent[index - policy.failures + 1];
    return first !== undefined && at - first <= policy.failureWindowMinutes * minuteMs ? [at + policy.lockMinutes * minuteMs] : [];
  }).at(-1);
  return until !== undefined && until > now ? until : null;
}

async function refuseLocked({ login, address, now }: Attempt, policy: Policy, accounts: AccountStore): Promise<void> {
  const until = await lockedUntil(login, policy, { accounts, now });
  if (until !== null && !(isLoopback(address) && await noOtherDoor(login, policy, { accounts, now }))) throw new Refusal(429, 'ACCOUNT_LOCKED', { minutes: Math.ceil((until - now) / minuteMs) });
  if (isLoopback(address)) return;
  const here = await accounts.failures('address', address, now - policy.failureWindowMinutes * minuteMs);
  if (here.length >= policy.addressFailures) throw new Refusal(429, 'ADDRESS_LOCKED', { minutes: policy.failureWindowMinutes });
}

/** Whether locking this login would leave nobody who could unlock another: at the machine itself the last security administrators are let try, one guess at a time. */
async function noOtherDoor(login: string, policy: Policy, about: { readonly accounts: AccountStore; readonly now: number }): Promise<boolean> {
  const security = (await about.accounts.accounts()).filter((one) => one.role === 'security' && one.state === 'enabled');
  if (!security.some((one) => one.login === login)) return false;
  for (const one of security) if (await lockedUntil(one.login, policy, about) === null) return false;
  return true;
}

/** People type their password where the login belongs: what was typed is not kept. */
export function loginSubject(login: string): string {
  return hash('sha256', login, 'base64url');
}

interface Attempt { readonly login: string; readonly address: string; readonly now: number }

async function noteFailure({ login, address, now }: Attempt, accounts: AccountStore): Promise<void> {
  await accounts.noteFailure('login', loginSubject(login), now);
  await accounts.noteFailure('address', address, now);
}

function usable(account: Account, policy: Policy, now: number): boolean {
  return account.state === 'enabled' && account.role !== null && now - Math.max(account.lastLoginAt ?? account.createdAt, account.passwordAt) < policy.idleDays * dayMs;
}

/** The step of the code, kept so that it is not good twice; unchanged for an account without second factor. */
async function secondFactor(account: Account, code: string | undefined, about: { readonly address: string; readonly now: number }, { accounts, keys }: SignInParts): Promise<number> {
  if (account.secret === null) return account.usedStep;
  if (code === undefined || code === '') throw new Refusal(401, 'SECOND_FACTOR_NEEDED');
  const secret = keys.unseal(account.secret);
  const step = secret === null ? null : stepOf(code, secret, { atMs: about.now, usedStep: account.usedStep });
  if (step !== null) return step;
  await noteFailure({ login: account.login, ...about }, accounts);
  throw new Refusal(401, 'SIGN_IN_WRONG');
}
