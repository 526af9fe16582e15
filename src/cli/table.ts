/** Columns of a terminal a text takes: Chinese, Japanese and full-width signs take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3ffff}]/u.test(sign) ? 2 : 1;
  return width;
}

/** Lines of a table: the first column to the left, numbers to the right. */
export function tableLines(heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const cells = [heads, ...rows.map((row) => row.map((cell) => (typeof cell === 'number' ? grouped(cell) : cell)))];
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => widthOf(row[column] ?? ''))));
  const line = (row: readonly string[], index: number): string => row.map((cell, column) => {
    const space = ' '.repeat((widths[column] ?? 0) - widthOf(cell));
    const numeric = typeof rows[Math.max(index - 1, 0)]?.[column] === 'number';
    return numeric ? space + cell : cell + space;
  }).join('  ').trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('──');
  const [head, ...body] = cells.map(line);
  return [head ?? '', rule, ...body];
}

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}
