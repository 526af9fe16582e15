/** How much a problem weighs: `refuse` sets the record aside, `warn` and `note` travel with it. */
export type Severity = 'refuse' | 'warn' | 'note';

/**
 * One reason a record cannot travel, or should be looked at. It carries codes and numbers; the sentences a person
 * reads are made from them by the texts catalogue, so that no personal value needs to be copied in here.
 */
export interface Problem {
  /** Stable code, listed in docs/errors.md, e.g. `TEXT_TOO_LONG`. */
  readonly code: string;
  readonly severity: Severity;
  /** Region table and field it concerns; absent when it concerns the whole record. */
  readonly table?: string;
  readonly field?: string;
  /** Identifier of the rule that found it, when a rule did. */
  readonly rule?: string;
  /** Facts the sentence needs (lengths, limits, a code without partner). Never a name, number or address of a person. */
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** Whether any of the problems keeps the record from travelling. */
export function refuses(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'refuse');
}
