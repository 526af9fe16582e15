/**
 * A text that no spreadsheet takes for a formula, however it is opened or saved on: one that begins with a sign that could
 * start one (also after spaces, also full-width), or with a tab or line break, gets an apostrophe before it (OWASP, CSV injection).
 */
export function harmless(text: string): string {
  return /^[\t\r\n]|^\s*[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text;
}

/** What a cell can hold, in the form XML wants; signs XML cannot hold become a replacement sign, and `_x003D_` stays what it is. */
export function escaped(text: string): string {
  return text.slice(0, mostCell).toWellFormed()
    .replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '\ufffd')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}

/** Characters a cell may hold at most. */
const mostCell = 32_767;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
