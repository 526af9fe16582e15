import { parse } from 'yaml';

/** Languages the gateway speaks; Chinese is the one it speaks when nothing else is asked for. */
export type Language = 'zh-CN' | 'en';

export type Facts = Readonly<Record<string, string | number>>;

/** What a sentence is made from: a problem, a mistake in the site files, or a failure. */
export interface Told {
  readonly code: string;
  readonly table?: string;
  readonly field?: string;
  readonly rule?: string;
  readonly facts?: Facts;
}

/** Every sentence for people, in one language. */
export interface Texts {
  readonly language: Language;
  /** The sentence under a dotted key (`console.title`) with its `{placeholders}` filled; an unknown key comes back as it is. */
  say(key: string, facts?: Facts): string;
  /** A few words for a code, without facts; a code nobody has named comes back as it is. */
  title(code: string): string;
  /** The sentence that explains a code with its facts; where facts are missing its title, where nobody has explained it the code. */
  sentence(told: Told): string;
  /** The same in two parts; how to mend it is empty where there is no advice, or its facts are missing. */
  advice(told: Told): { readonly what: string; readonly mend: string };
}

/** Blocks of a texts file whose keys are error codes, in the order in which `sentence` looks. */
export const codeBlocks = ['problems', 'mistakes', 'failures'] as const;

/** Reads `zh-CN.yaml` or `en.yaml` through the given reader and keeps it flat; throws when the file is not texts. */
export function loadTexts(language: string, read: (file: string) => string): Texts {
  const spoken = languageOf(language);
  const sentences = flatten(parse(read(`${spoken}.yaml`)));
  const say = (key: string, facts: Facts = {}): string => fill(sentences.get(key) ?? key, facts);
  return {
    language: spoken,
    say,
    advice: (told) => adviceFor(sentences, told),
    title: (code) => sentences.get(`cli.problem.${code}`) ?? code,
    sentence: (told) => {
      const facts = factsOf(told);
      const explained = codeBlocks.flatMap((block) => explanations(sentences, `${block}.${told.code}`, spoken));
      const fitting = explained.toSorted((a, b) => b.needs.length - a.needs.length).find((one) => one.fits(facts))?.text;
      return fitting === undefined ? (sentences.get(`cli.problem.${told.code}`) ?? told.code) : fill(fitting, facts);
    },
  };
}

/** The first block that explains the code; facts that are missing leave the title, and no advice. */
function adviceFor(sentences: ReadonlyMap<string, string>, told: Told): { readonly what: string; readonly mend: string } {
  const facts = factsOf(told);
  const key = codeBlocks.map((block) => `${block}.${told.code}`).find((one) => sentences.has(`${one}.what`) || sentences.has(one));
  const whole = (sentence: string): boolean => placeholders(sentence).every((name) => (facts[name] ?? '') !== '');
  const what = sentences.get(`${key}.what`) ?? sentences.get(key ?? '') ?? '';
  const mend = sentences.get(`${key}.mend`) ?? '';
  return { what: what !== '' && whole(what) ? fill(what, facts) : sentences.get(`cli.problem.${told.code}`) ?? told.code, mend: whole(mend) ? fill(mend, facts) : '' };
}

interface Explanation {
  readonly text: string;
  readonly needs: readonly string[];
  fits(facts: Facts): boolean;
}

/** What a block says of a code: what is wrong with how to mend it, and what is wrong alone. Advice made of nothing is no advice. */
function explanations(sentences: ReadonlyMap<string, string>, key: string, language: Language): readonly Explanation[] {
  const what = sentences.get(`${key}.what`) ?? sentences.get(key);
  const mend = sentences.get(`${key}.mend`);
  if (what === undefined) return [];
  const known = (facts: Facts): boolean => placeholders(what).every((name) => facts[name] !== undefined);
  const alone: Explanation = { text: what, needs: placeholders(what), fits: known };
  if (mend === undefined) return [alone];
  const text = `${what}${language === 'en' ? '; ' : '；'}${mend}`;
  return [{ text, needs: placeholders(text), fits: (facts) => known(facts) && placeholders(mend).every((name) => (facts[name] ?? '') !== '') }, alone];
}

/** `en`, `en-US`, `en_GB.UTF-8` are English; everything else is Chinese. */
export function languageOf(wanted: string): Language {
  return /^en\b|^en_/i.test(wanted) ? 'en' : 'zh-CN';
}

/** A texts file as dotted keys and sentences. */
export function flatten(tree: unknown, prefix = ''): ReadonlyMap<string, string> {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) throw new TypeError(`not a block of texts: ${prefix}`);
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

/** The names in braces of a sentence, sorted. */
export function placeholders(sentence: string): readonly string[] {
  return [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map((hit) => hit[1] ?? ''))].toSorted();
}

function fill(sentence: string, facts: Facts): string {
  return sentence.replace(/\{(\w+)\}/g, (braces: string, name: string) => String(facts[name] ?? braces));
}

function factsOf(told: Told): Facts {
  const { table, field, rule } = told;
  return {
    ...(table === undefined ? {} : { table }),
    ...(field === undefined ? {} : { field }),
    ...(rule === undefined ? {} : { rule }),
    ...told.facts,
  };
}
