import { compileContract } from '../contract/contract.ts';
import { exampleTrier, type Difference } from '../intake/try-example.ts';
import { Failure } from '../record/failure.ts';
import { readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';

/** `qilian test [dataset]`: every example beside the mappings, tried; what is different, line by line. */
export async function test(invocation: Invocation, dataset: string | undefined): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const site = await readSite(invocation);
  if (dataset !== undefined && !site.datasets.some((one) => one.dataset === dataset)) {
    throw new Failure('DATASET_UNKNOWN', { dataset, known: site.datasets.map((one) => one.dataset).join('、') });
  }
  const contract = compileContract(site.contract);
  const tried = site.datasets.filter((one) => dataset === undefined || one.dataset === dataset).flatMap((mapping) => {
    const differencesOf = exampleTrier(mapping, contract);
    return site.examples.filter((one) => one.dataset === mapping.dataset)
      .map((example) => ({ dataset: example.dataset, file: example.file, line: example.line, title: example.title, differences: differencesOf(example) }));
  });
  const wrong = tried.filter((one) => one.differences.length > 0);
  const code = wrong.length === 0 ? 0 : 1;
  if (json) {
    parts.out(JSON.stringify({ examples: tried.length, different: wrong }));
    return code;
  }
  for (const { file, line, title, differences } of wrong) {
    parts.out(`${file}:${line} ${title}`);
    for (const one of differences) parts.out(`  ${texts.say('cli.test.difference', wordsOf(one, texts))}`);
  }
  parts.out(texts.say('cli.test.tried', { examples: tried.length, different: wrong.length }));
  return code;
}

/** The words for the whole in the language spoken; tables, fields and values as they are. */
function wordsOf({ at, expected, found }: Difference, texts: Invocation['texts']): Readonly<Record<string, string>> {
  if (at === 'outcome') return { at: texts.say('cli.test.outcome'), expected: texts.say(`cli.test.${expected}`), found: texts.say(`cli.test.${found}`) };
  return { at: at === 'problem' || at === 'records' ? texts.say(`cli.test.${at}`) : at, expected, found };
}
