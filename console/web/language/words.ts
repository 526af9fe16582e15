import { useI18n } from 'vue-i18n';

export type Facts = Readonly<Record<string, unknown>>;

/** What pages say. Keys are those of the texts files without their first block. */
export interface Words {
  /** The sentence of the console's block under a dotted key, filled. */
  say(key: string, facts?: Facts): string;
  /** Whether there is such a sentence. */
  has(key: string): boolean;
  /** A few words for a code; a code nobody has named comes back as it is. */
  title(code: string): string;
  readonly language: string;
}

/** The words of the language spoken now; they change with it. */
export function useWords(): Words {
  const { t, te, locale } = useI18n({ useScope: 'global' });
  const raw = (key: string): string | undefined => (te(key) ? t(key) : undefined);
  const title = (code: string): string => raw(`titles.${code}`) ?? code;
  return {
    say: (key, facts = {}) => t(`console.${key}`, facts),
    has: (key) => te(`console.${key}`),
    title,
    get language() {
      return locale.value;
    },
  };
}
