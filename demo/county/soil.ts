export const ideographicSpace = '\u3000';

/** Names in Mongolian script: free variation selectors (U+180B, U+180C), vowel separator (U+180E), narrow no-break space (U+202F). */
export const mongolianScriptNames = [
  '\u182A\u1820\u1836\u1820\u1837',
  '\u1830\u1824\u1836\u1824\u182F\u180B\u202F\u1825\u1828',
  '\u1834\u1821\u1834\u1821\u182D\u180C\u202F\u1822',
  '\u1820\u182F\u1832\u1820\u1828\u180E\u1820',
] as const;

/** Names with characters of CJK extension B, which a three-byte utf8 column cannot hold. */
export const beyondBmpNames = ['陈\u{20BB7}', '张\u{2A6A5}', '王\u{21148}林', '李\u{2B6ED}'] as const;

/** Letters, digits and signs as some input methods write them. */
export function fullWidth(text: string): string {
  return Array.from(text, (char) => {
    const code = char.charCodeAt(0);
    return code > 32 && code < 127 ? String.fromCharCode(code + 0xfee0) : char;
  }).join('');
}

/** The phrase again and again, up to so many characters. */
export function longText(phrase: string, characters: number): string {
  return phrase.repeat(Math.ceil(characters / phrase.length)).slice(0, characters);
}
