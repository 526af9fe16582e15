import type { Account } from '../../api/calls.ts';

/** How an account stands now, as a lamp's tone and the key of its word. */
export function lampOf(account: Pick<Account, 'state' | 'role' | 'lockedUntil'>, now: number): { readonly tone: 'good' | 'watch' | 'off' | 'bad'; readonly key: 'enabled' | 'disabled' | 'waiting' | 'locked' } {
  if (account.lockedUntil !== null && account.lockedUntil > now) return { tone: 'bad', key: 'locked' };
  if (account.role === null) return { tone: 'watch', key: 'waiting' };
  return account.state === 'enabled' ? { tone: 'good', key: 'enabled' } : { tone: 'off', key: 'disabled' };
}
