import type { AccountStore } from '../../../src/port/accounts.ts';
import { Refusal } from '../refusal.ts';
import { commonPasswords } from './common-passwords.ts';

/** How passwords and sessions are dealt with; a security administrator changes it within the bounds of the interface's schema. */
export interface Policy {
  readonly minLength: number;
  /** Of capitals, small letters, digits and signs. */
  readonly classes: number;
  readonly history: number;
  readonly maxAgeDays: number;
  readonly failures: number;
  readonly failureWindowMinutes: number;
  readonly lockMinutes: number;
  readonly addressFailures: number;
  readonly idleMinutes: number;
  readonly absoluteHours: number;
  readonly idleDays: number;
  readonly secondFactor: 'required' | 'optional';
}

/** What assessors of 等保 level 3 (GB/T 22239 8.1.4.1) are used to see; the standard itself gives no numbers. */
export const usualPolicy: Policy = {
  minLength: 12, classes: 3, history: 5, maxAgeDays: 90, failures: 5, failureWindowMinutes: 15, lockMinutes: 30, addressFailures: 20,
  idleMinutes: 15, absoluteHours: 8, idleDays: 90, secondFactor: 'required',
};

export async function policyOf(store: Pick<AccountStore, 'setting'>): Promise<Policy> {
  const kept = await store.setting('policy');
  return kept === null ? usualPolicy : { ...usualPolicy, ...JSON.parse(kept) as Partial<Policy> };
}

const classes: readonly RegExp[] = [/\p{Lu}/u, /\p{Ll}|\p{Lo}/u, /\p{Nd}/u, /[^\p{L}\p{N}]/u];

/** Refuses a password that the policy does not allow, and says which part. */
export function checkPassword(password: string, about: { readonly login: string; readonly name: string }, policy: Policy): void {
  const length = [...password].length;
  if (length < policy.minLength) throw new Refusal(422, 'PASSWORD_TOO_SHORT', { length, least: policy.minLength });
  const found = classes.filter((one) => one.test(password)).length;
  if (found < policy.classes) throw new Refusal(422, 'PASSWORD_TOO_SIMPLE', { found, least: policy.classes });
  const folded = password.toLowerCase();
  if (folded.includes(about.login.toLowerCase()) || (about.name.length > 1 && folded.includes(about.name.toLowerCase()))) throw new Refusal(422, 'PASSWORD_NAMES_OWNER');
  if (commonPasswords.some((word) => bare(folded) === word || bare(spelled(folded)) === word || spelled(bare(folded)) === word) || /(.)\1{4,}/.test(password)) throw new Refusal(422, 'PASSWORD_COMMON');
}

/** Without the digits and signs people put around a common word to please a policy. */
function bare(folded: string): string {
  return folded.replace(/^[^a-z]+|[^a-z]+$/g, '');
}

/** With letters where people write signs that look like them. */
function spelled(folded: string): string {
  return folded.replaceAll('@', 'a').replaceAll('0', 'o').replaceAll('$', 's').replaceAll('1', 'l').replaceAll('3', 'e');
}
