import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageOf, loadTexts, type Language, type Texts } from '../../src/cli/texts.ts';

const folder = join(import.meta.dirname, '..', '..', 'texts');

/** Texts of both languages, read once; the answer gives those of the language asked for, else Chinese. */
export function readWords(): (wanted: unknown) => Texts {
  const load = (language: Language): Texts => loadTexts(language, (file) => readFileSync(join(folder, file), 'utf8'));
  const words = { 'zh-CN': load('zh-CN'), en: load('en') };
  return (wanted) => words[languageOf(typeof wanted === 'string' ? wanted : '')];
}
