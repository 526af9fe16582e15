/** Characters a sheet's name may have. */
const longest = 31;

/** Names as a workbook takes them: none of `[]:*?/\`, no apostrophe at an end, at most 31 characters, none twice whatever the capitals. */
export function sheetNames(wanted: readonly string[]): readonly string[] {
  const met = new Set<string>();
  return wanted.map((name) => {
    const clean = fit(name.toWellFormed().replace(/[[\]:*?/\\]|\p{Cc}/gu, ' ').replace(/^[\s']+|[\s']+$/g, ''), longest) || 'Sheet';
    let found = clean;
    for (let number = 2; met.has(found.toLowerCase()) || found.toLowerCase() === 'history'; number += 1) {
      const ending = ` ${number}`;
      found = fit(clean, longest - ending.length) + ending;
    }
    met.add(found.toLowerCase());
    return found;
  });
}

/** Cut to so many UTF-16 units without halving a character. */
function fit(name: string, most: number): string {
  let cut = '';
  for (const sign of name) {
    if (cut.length + sign.length > most) break;
    cut += sign;
  }
  return cut.trimEnd();
}
