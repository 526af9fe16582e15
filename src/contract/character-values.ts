/** The place of each character in a check alphabet, by its character code; -1 for characters that are not in it. */
export function valuesByCode(alphabet: string): Int8Array {
  const values = new Int8Array(128).fill(-1);
  for (let at = 0; at < alphabet.length; at += 1) values[alphabet.charCodeAt(at)] = at;
  return values;
}
