import type { TextLimits } from '../contract/data.ts';
import { holds } from '../contract/repertoire.ts';
import { codeFile } from './code-file.ts';
import type { Reader } from './read.ts';

/** A profile's table of characters its columns cannot hold, as a map: one character each, and a text the columns can hold for it. */
export function replacementFile(text: TextLimits): Reader<Readonly<Record<string, string>>> {
  return (spot) => {
    const found = codeFile(spot);
    if (found === undefined) return undefined;
    for (const [at, { from, to }] of found.table.entries.entries()) {
      const place = found.places[at];
      const stranger = [...to].find((character) => !holds(text, character));
      if ([...from].length !== 1) place?.mistake('ONE_CHARACTER', { text: from });
      if (stranger !== undefined) place?.mistake('REPLACEMENT_UNFIT', { text: stranger });
    }
    return Object.fromEntries(found.table.entries.map(({ from, to }) => [from, to]));
  };
}
