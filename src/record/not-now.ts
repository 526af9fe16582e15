/** Codes of what keeps questions from the region for a while: nothing was asked, and nothing is wrong with who asks. */
export const notNow: ReadonlySet<string> = new Set(['BREAKER_OPEN', 'BREAKER_HELD']);
