import type { PasswordRules, Role } from '../../api/calls.ts';
import { lacking } from './password-strength.ts';

/** One of the first accounts as it is being typed. */
export interface FirstAccount {
  readonly role: Role;
  /** The three administrators must be there; whoever works and whoever reads may come later. */
  readonly needed: boolean;
  login: string;
  name: string;
  password: string;
}

/** Empty lines for the five roles, the three administrators first. */
export function firstAccounts(): FirstAccount[] {
  const line = (role: Role, needed: boolean): FirstAccount => ({ role, needed, login: '', name: '', password: '' });
  return [line('system', true), line('security', true), line('audit', true), line('operator', false), line('reader', false)];
}

/** Those to be made: every one that is needed, and every other that anything was typed for. */
export function wanted(accounts: readonly FirstAccount[]): readonly FirstAccount[] {
  return accounts.filter((one) => one.needed || one.login + one.name + one.password !== '');
}

/** A key of the texts for what is wrong with a line; null when it can be made. */
export function wrongWith(one: FirstAccount, all: readonly FirstAccount[], rules: PasswordRules): 'login' | 'twice' | 'name' | 'password' | null {
  if (!/^[a-z][a-z0-9._-]{2,31}$/.test(one.login)) return 'login';
  if (all.some((other) => other !== one && other.login === one.login)) return 'twice';
  if (one.name.trim() === '') return 'name';
  const { length, classes } = lacking(one.password, rules);
  return length || classes ? 'password' : null;
}
