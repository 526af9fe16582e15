import { randomBytes } from 'node:crypto';

/** Gives access tokens and knows which are still good. */
export interface TokenDesk {
  readonly seconds: number;
  give(nowMs: number): string;
  good(token: string, nowMs: number): boolean;
  /** Every token given so far is void at once. */
  revokeAll(): void;
}

/** A desk whose tokens last so many seconds; tokens do not survive a restart. */
export function tokenDesk(seconds: number): TokenDesk {
  const until = new Map<string, number>();
  return {
    seconds,
    give(nowMs) {
      for (const [token, end] of until) if (end <= nowMs) until.delete(token);
      const token = randomBytes(24).toString('base64url');
      until.set(token, nowMs + seconds * 1000);
      return token;
    },
    good: (token, nowMs) => (until.get(token) ?? 0) > nowMs,
    revokeAll: () => until.clear(),
  };
}
