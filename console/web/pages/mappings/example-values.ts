/** The value that an example expects of a region's field, in its first record of the table; undefined where it says nothing of it. */
export function valueIn(expected: unknown, table: string, field: string): string | number | undefined {
  if (!isBlock(expected)) return undefined;
  const records = Array.isArray(expected['records']) ? (expected['records'] as readonly unknown[]).filter(isBlock) : [];
  const whole = records.find((one) => one['table'] === table)?.['fields'];
  const alone = isBlock(expected['fields']) ? expected['fields'][`${table}.${field}`] : undefined;
  const [value] = [isBlock(whole) ? whole[field] : alone].flat() as readonly unknown[];
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/** An example's row flat: column by column, the children's columns under their table's name. */
export function columnsOf(row: unknown, prefix = ''): readonly { readonly column: string; readonly value: string | number | null }[] {
  if (!isBlock(row)) return [];
  return Object.entries(row).flatMap(([column, value]) => {
    if (Array.isArray(value)) return value.flatMap((child: unknown, index) => columnsOf(child, `${column}[${index + 1}].`));
    if (isBlock(value)) return columnsOf(value, `${column}.`);
    return [{ column: prefix + column, value: typeof value === 'number' || typeof value === 'string' ? value : null }];
  });
}

function isBlock(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
