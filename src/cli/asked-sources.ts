import type { Site } from '../config/site.ts';
import type { TableDescription } from '../port/source.ts';
import type { Invocation } from './parts.ts';

/** Asks the site's sources what tables and columns they have. */
export interface AskedSources {
  readonly describe: (source: string, setting: Site['sources'][string]) => Promise<readonly TableDescription[] | null>;
  /** Sources that could not be asked, with the code of why; their columns are not checked. */
  readonly unreached: readonly { readonly source: string; readonly reason: string }[];
}

/** Several sources in one database are asked once. */
export function askedSources({ parts }: Pick<Invocation, 'parts'>): AskedSources {
  const answers = new Map<string, Promise<readonly TableDescription[]>>();
  const unreached: { source: string; reason: string }[] = [];
  return {
    unreached,
    describe: async (source, setting) => {
      const name = JSON.stringify(setting);
      const answer = answers.get(name) ?? ask(parts, setting);
      answers.set(name, answer);
      try {
        return await answer;
      } catch (cause) {
        unreached.push({ source, reason: cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown' });
        return null;
      }
    },
  };
}

async function ask(parts: Invocation['parts'], setting: Site['sources'][string]): Promise<readonly TableDescription[]> {
  const source = parts.openSource(setting);
  try {
    return await source.describe();
  } finally {
    await source.close();
  }
}
