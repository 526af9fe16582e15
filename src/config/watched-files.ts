import { hash } from 'node:crypto';
import type { SiteFiles } from './files.ts';

/** A site's files that remember what was read of them. */
export interface WatchedFiles extends SiteFiles {
  /** Whether anything that was read through them, or listed, or missed, is not now as it was then. */
  moved(): Promise<boolean>;
}

/** Watches by content and not by the time of the last change: a file touched or restored has not moved. */
export function watchedFiles(files: SiteFiles): WatchedFiles {
  const texts = new Map<string, string>();
  const lists = new Map<string, string>();
  return {
    read: async (path) => {
      texts.set(path, unreadable);
      const text = await files.read(path);
      texts.set(path, markOf(text));
      return text;
    },
    list: async (path) => {
      lists.set(path, unreadable);
      const names = await files.list(path);
      lists.set(path, names.join('\n'));
      return names;
    },
    moved: async () => {
      for (const [path, mark] of texts) if (await orUnreadable(files.read(path).then(markOf)) !== mark) return true;
      for (const [path, names] of lists) if (await orUnreadable(files.list(path).then((now) => now.join('\n'))) !== names) return true;
      return false;
    },
  };
}

const unreadable = 'unreadable';

function markOf(text: string | null): string {
  return text === null ? 'absent' : hash('sha256', text);
}

async function orUnreadable(reading: Promise<string>): Promise<string> {
  try {
    return await reading;
  } catch {
    return unreadable;
  }
}
