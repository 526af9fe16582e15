/** Where in an expression (from 0) the language stopped, and what it says about it; what is no fault of the expression is thrown on. */
export function whereAndWhy(error: unknown): { readonly at: number; readonly reason: string } {
  if (!(error instanceof Error)) throw error;
  const range: unknown = 'range' in error ? error.range : undefined;
  const at = typeof range === 'object' && range !== null && 'start' in range && typeof range.start === 'number' ? range.start : 0;
  return { at, reason: 'summary' in error && typeof error.summary === 'string' ? error.summary : error.message };
}
