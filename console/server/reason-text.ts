import type { Texts } from '../../src/cli/texts.ts';

/** The reason in words: of the network, of our own codes, else as the region said it. */
export function reasonText(reason: string, texts: Texts): string {
  const [code = '', ...rest] = reason.split(' ');
  const key = `console.reason.${code}`;
  const words = texts.say(key) === key ? texts.title(code) : texts.say(key);
  return [words, ...rest].join(' ');
}
