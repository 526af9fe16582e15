import type { TableDescription } from '../../src/port/source.ts';
import type { Row } from '../../src/record/change.ts';

/** Tables from rows of one column each, with the same names whatever the engine's catalogue: table, rows, title, name, type, nullable, key, says. */
export function described(columns: readonly Row[]): readonly TableDescription[] {
  const byTable = Map.groupBy(columns, (column) => String(column['table']));
  return [...byTable].map(([table, of]) => ({
    table,
    rows: Number(of[0]?.['rows'] ?? 0),
    ...titled(of[0]?.['title']),
    columns: of.map((column) => ({
      name: String(column['name']), type: String(column['type']), nullable: truthy(column['nullable']),
      ...(truthy(column['key']) ? { key: true as const } : {}), ...titled(column['says']),
    })),
  }));
}

function titled(text: Row[string] | undefined): { readonly title?: string } {
  return text === undefined || text === null || text === '' ? {} : { title: String(text) };
}

function truthy(cell: Row[string] | undefined): boolean {
  return cell === 1 || cell === '1' || cell === 'YES' || cell === 'Y';
}
