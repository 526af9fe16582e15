import { identifier } from './identifier.ts';
import { nearest } from './nearest.ts';
import { block, must } from './read-block.ts';
import { list, named, text, type Reader } from './read.ts';

const lists = named((_, key) => (spot) => (identifier(key) === undefined ? undefined : list(text)(spot)));

/** A file of `scan/`: which items accept a scanned licence. */
export function scanFile(sources: readonly string[] | undefined) {
  const source: Reader<string> = (spot) => {
    const name = text(spot);
    return name === undefined || sources === undefined || sources.includes(name) ? name : spot.mistake('SOURCE_UNKNOWN', { source: name, near: nearest(name, sources) });
  };
  return block({
    title: must(text),
    source: must(source),
    items: must(block({ table: must(identifier), key: must(identifier), code: must(identifier), name: must(identifier), where: must(lists) })),
    spares: must(block({ table: must(identifier), parent: must(identifier), name: must(identifier), where: must(lists) })),
  });
}
