/** Fills the `{places}` of a sentence; a place nobody has a fact for stays, so that the lack is seen. */
export function fillIn(sentence: string, fact: (name: string) => unknown): string {
  return sentence.replace(/\{(\w+)\}/g, (braces: string, name: string) => {
    const value = fact(name);
    return value === undefined || value === null ? braces : String(value);
  });
}
