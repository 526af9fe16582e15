import { Failure } from '../../src/record/failure.ts';

/** Which of an engine's own codes mean what; all others are told as they are. */
export interface FaultCodes {
  /** The server could not be reached. */
  readonly away: readonly string[];
  /** Account, password or rights. */
  readonly denied: readonly string[];
  /** The statement took longer than allowed. */
  readonly slow: readonly string[];
  /** The connection ended under the question. */
  readonly lost: readonly string[];
}

const network = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'];
const broken = ['ECONNRESET', 'EPIPE'];

/** The code of a driver's error, or undefined for what is no answer of the network or the database. */
export function codeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || cause instanceof Failure) return undefined;
  const { code, errno, errCode, errors } = cause as { readonly code?: unknown; readonly errno?: unknown; readonly errCode?: unknown; readonly errors?: unknown };
  if (Array.isArray(errors) && errors.length > 0 && code === undefined) return codeOf(errors[0]);
  const named = code ?? errno ?? errCode;
  return typeof named === 'string' || typeof named === 'number' ? String(named) : undefined;
}

export function isLost(cause: unknown, codes: FaultCodes): boolean {
  const code = codeOf(cause);
  return code !== undefined && (broken.includes(code) || codes.lost.includes(code));
}

/** A driver's error as what a person must mend, by code. It is not passed on as the cause: its text and its statement hold values. */
export function toldFault(cause: unknown, codes: FaultCodes, about: { readonly place: string; readonly statementSeconds: number }): unknown {
  const code = codeOf(cause);
  if (code === undefined) return cause;
  const facts = { source: about.place, reason: code };
  if (codes.denied.includes(code)) return new Failure('SOURCE_DENIED', facts);
  if (codes.slow.includes(code)) return new Failure('SOURCE_SLOW', { source: about.place, seconds: about.statementSeconds });
  if (codes.away.includes(code) || network.includes(code)) return new Failure('SOURCE_AWAY', facts);
  if (isLost(cause, codes)) return new Failure('SOURCE_LOST', facts);
  if (/^(?:CERT|DEPTH|SELF|UNABLE|ERR_TLS)_|CERTIFICATE|^HANDSHAKE_SSL_ERROR$/.test(code)) return new Failure('SOURCE_UNTRUSTED', facts);
  return new Failure('SOURCE_REFUSED', facts);
}
