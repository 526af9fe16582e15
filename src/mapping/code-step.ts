import type { CodeTable, Steps } from './dataset.ts';
import { refuse, type Step, type Target } from './target.ts';

/** The steps `split` and `code`: each part of a list through the code table, the same region value once. */
export function codeStep(steps: Steps, target: Target): readonly Step[] {
  const table = steps.code === undefined ? undefined : target.codes[steps.code];
  const translate = table === undefined ? undefined : translator(table, target);
  const { split } = steps;
  if (split === undefined) return translate === undefined ? [] : [translate];
  return [(text, place) => {
    const parts = text.split(split.separator).map((part) => part.trim()).filter((part) => part !== '');
    const found = translate === undefined ? parts : parts.map((part) => translate(part, place));
    return found.includes(null) ? null : [...new Set(found)].join(split.join);
  }];
}

function translator(table: CodeTable, target: Target): Step {
  const partner = new Map(table.entries.map((entry) => [entry.from, entry.to]));
  return (text, place) => partner.get(text) ?? refuse(place, target, { code: 'CODE_UNMAPPED', facts: { table: table.table, value: text.slice(0, 20) } });
}
