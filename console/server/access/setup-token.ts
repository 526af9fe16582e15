import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The one-time word that lets the first accounts be made; only who sees the output of the service has it, and it goes with the process. */
export interface SetupToken {
  /** Shown once, at the start. */
  readonly token: string;
  fits(given: string): boolean;
  spend(): void;
}

export function newSetupToken(): SetupToken {
  const token = randomBytes(18).toString('base64url');
  let spent = false;
  const digest = (text: string): Buffer => hash('sha256', text, 'buffer');
  return {
    token,
    fits: (given) => !spent && timingSafeEqual(digest(given), digest(token)),
    spend: () => {
      spent = true;
    },
  };
}
