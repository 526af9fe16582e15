import { text, type Reader } from './read.ts';

/** What a table or column may be called. */
export const plainName = /^[\p{L}_][\p{L}\p{N}_$#]{0,127}$/u;

/** The name of a county's table or column: letters, digits and `_ $ #`, because it becomes part of a statement. */
export const identifier: Reader<string> = (spot) => {
  const name = text(spot);
  return name === undefined || plainName.test(name) ? name : spot.mistake('NAME_WRONG', { name: name.slice(0, 40) });
};
