import type { Site } from '../../src/config/site.ts';
import type { Problem } from '../../src/record/problem.ts';
import type { Texts } from '../../src/cli/texts.ts';
import { scrubbed } from './masking.ts';

/** A problem as pages show it: in words, with how to mend it and the rule's own sentence. */
export function shownProblem(problem: Problem, { site, texts, secrets }: { readonly site: Site; readonly texts: Texts; readonly secrets: readonly string[] }): Readonly<Record<string, unknown>> {
  const facts = Object.fromEntries(Object.entries(problem.facts ?? {}).map(([name, value]) => [name, typeof value === 'string' ? scrubbed(value, secrets) : value]));
  const { what, mend } = texts.advice({ ...problem, facts });
  const rule = problem.rule === undefined ? undefined : site.contract.rules.find((one) => one.id === problem.rule);
  return {
    code: problem.code, title: texts.title(problem.code), what, mend, severity: problem.severity,
    field: [problem.table, problem.field].filter((part) => part !== undefined && part !== '').join('.'),
    rule: rule === undefined ? null : { id: rule.id, sentence: rule.sentence, source: rule.source, owner: rule.owner },
  };
}
