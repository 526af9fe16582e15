/**
 * Finds the texts of JSON values inside a JSON text that has been parsed once, so it is known to be well formed: what is
 * signed or counted must be the very characters that came, and numbers beyond 2^53 must not pass through a float.
 */
export function textOfPath(text: string, path: string): string | null {
  let start = skipSpace(text, 0);
  for (const name of path.split('.')) {
    const found = memberOf(text, start, name);
    if (found === null) return null;
    start = found;
  }
  return text.slice(start, endOf(text, start));
}

/** The texts of an array's entries; null when it is no array. */
export function entriesOf(text: string): readonly string[] | null {
  if (text[0] !== '[') return null;
  const entries: string[] = [];
  for (let at = skipSpace(text, 1); text[at] !== ']'; at = skipSpace(text, at)) {
    const end = endOf(text, at);
    entries.push(text.slice(at, end));
    at = skipSpace(text, end);
    if (text[at] === ',') at += 1;
  }
  return entries;
}

/** Where a member's value begins; of members of one name the last, as the parser takes it. */
function memberOf(text: string, object: number, name: string): number | null {
  if (text[object] !== '{') return null;
  let found: number | null = null;
  for (let at = skipSpace(text, object + 1); text[at] !== '}'; at = skipSpace(text, at)) {
    const end = endOf(text, at);
    const key = JSON.parse(text.slice(at, end)) as string;
    const value = skipSpace(text, skipSpace(text, end) + 1);
    if (key === name) found = value;
    at = skipSpace(text, endOf(text, value));
    if (text[at] === ',') at += 1;
  }
  return found;
}

/** Behind the value that begins here. */
function endOf(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') {
      at = endOfString(text, at);
      if (depth === 0) return at + 1;
    } else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
      if (depth < 0) return at;
    } else if (depth === 0 && (sign === ',' || isSpace(text, at))) return at;
  }
  return text.length;
}

/** The closing quote of the string that opens here. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (isSpace(text, at)) at += 1;
  return at;
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
