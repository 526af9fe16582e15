import { createI18n } from 'vue-i18n';
import { askIn } from '../api/call.ts';
import { fillIn } from './fill-in.ts';

/** Languages of the pages; Chinese is spoken until somebody asks for the other. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];

const keptAs = 'qilian.language';
const load = { 'zh-CN': () => import('texts:zh-CN'), en: () => import('texts:en') } as const;

/** The words of every page; sentences are filled as the commands fill them, nothing else in them is special. */
export const i18n = createI18n<false>({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  missingWarn: false,
  fallbackWarn: false,
  messageCompiler: (message) => (context: { named(name: string): unknown }) => fillIn(String(message), (name) => context.named(name)),
});

/** Speaks a language from now on, and remembers it on this machine. */
export async function speak(language: Language): Promise<void> {
  i18n.global.setLocaleMessage(language, (await load[language]()).default as Record<string, string>);
  i18n.global.locale.value = language;
  askIn(language);
  document.documentElement.lang = language;
  localStorage.setItem(keptAs, language);
}

/** The language spoken here last time. */
export function languageHere(): Language {
  return localStorage.getItem(keptAs) === 'en' ? 'en' : 'zh-CN';
}
