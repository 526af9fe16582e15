import type { Import } from './imports.ts';

/** Which rooms of the project a room may import from; itself is always allowed. */
const doors: Readonly<Record<string, readonly string[]>> = {
  'src/record': [],
  'src/port': ['src/record'],
  'src/contract': ['src/port', 'src/record'],
  'src/mapping': ['src/contract', 'src/port', 'src/record'],
  'src/config': ['src/mapping', 'src/contract', 'src/port', 'src/record'],
  'src/intake': ['src/config', 'src/mapping', 'src/contract', 'src/port', 'src/record'],
  'src/delivery': ['src/config', 'src/mapping', 'src/contract', 'src/port', 'src/record'],
  'src/inbound': ['src/config', 'src/mapping', 'src/contract', 'src/port', 'src/record'],
  'src/reconcile': ['src/config', 'src/mapping', 'src/contract', 'src/port', 'src/record'],
  'src/quality': ['src/config', 'src/mapping', 'src/contract', 'src/port', 'src/record'],
  'src/mending': ['src/intake', 'src/quality', 'src/config', 'src/mapping', 'src/contract', 'src/port', 'src/record'],
  'src/indicators': ['src/config', 'src/mapping', 'src/contract', 'src/port', 'src/record'],
  'src/alarm': ['src/config', 'src/port', 'src/record'],
  'src/schedule': ['src/intake', 'src/delivery', 'src/mending', 'src/quality', 'src/indicators', 'src/inbound', 'src/reconcile', 'src/config', 'src/mapping', 'src/contract', 'src/port', 'src/record'],
  'console': ['src/alarm', 'src/schedule', 'src/mending', 'src/quality', 'src/indicators', 'src/intake', 'src/delivery', 'src/inbound', 'src/reconcile', 'src/config', 'src/mapping', 'src/contract', 'src/port', 'src/record', 'src/cli/texts.ts'],
  'src/cli': ['src/alarm', 'src/schedule', 'src/mending', 'src/quality', 'src/indicators', 'src/intake', 'src/delivery', 'src/inbound', 'src/reconcile', 'src/config', 'src/mapping', 'src/contract', 'src/port', 'src/record', 'console', 'simulator', 'demo'],
  'src/main': ['src', 'adapters', 'console', 'simulator', 'demo'],
  'adapters': ['src/port', 'src/record'],
  'simulator': [],
  'demo': [],
  'bench': ['src', 'adapters', 'simulator', 'demo'],
};

/** Node modules and packages that the pure rooms may use: values in, values out, no world. */
const pure: Readonly<Record<string, readonly string[]>> = {
  'src/record': [],
  'src/port': [],
  'src/contract': ['node:crypto', 'ajv', 'yaml', '@marcbachmann/cel-js'],
  'src/mapping': ['node:crypto', 'yaml'],
};

/** Imports that go against the one direction of the house. */
export function wrongDoors(imports: readonly Import[]): readonly string[] {
  return imports.filter((one) => !(one.outside ? outsideAllowed(one) : insideAllowed(one))).map(show);
}

/** Files that import each other in a ring; each ring once, as a path. */
export function circles(imports: readonly Import[]): readonly string[] {
  const next = Map.groupBy(imports.filter((one) => !one.outside), (one) => one.from);
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file].join(' → '));
    if (at >= 0 || done.has(file)) return;
    for (const one of next.get(file) ?? []) walk(one.to, [...path, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return found;
}

function insideAllowed(one: Import): boolean {
  const from = roomOf(one.from);
  const to = roomOf(one.to);
  if (from === undefined) return true;
  if (from === 'adapters') return sameAdapter(one) || reaches(one.to, doors['adapters'] ?? []);
  if (from === to) return true;
  if (from === 'simulator' && one.typeOnly && one.to.startsWith('src/')) return true;
  return reaches(one.to, doors[from] ?? []);
}

function outsideAllowed(one: Import): boolean {
  const allowed = pure[roomOf(one.from) ?? ''];
  return allowed === undefined || allowed.some((name) => one.to === name || one.to.startsWith(`${name}/`));
}

function reaches(path: string, allowed: readonly string[]): boolean {
  return allowed.some((door) => path === door || path.startsWith(`${door}/`) || (door === 'src/main' && path === 'src/main.ts'));
}

/** An adapter's own files; for a county's sources also what all of them share. */
function sameAdapter(one: Import): boolean {
  if (one.from.startsWith('adapters/region-') && one.to.startsWith('adapters/region-records/')) return true;
  if (one.to.startsWith('adapters/database-tls/')) return true;
  if (one.from.startsWith('adapters/county-') && one.to.startsWith('adapters/county-sql/')) return true;
  return one.from.split('/')[1] === one.to.split('/')[1] && one.to.startsWith('adapters/');
}

function roomOf(path: string): string | undefined {
  if (path === 'src/main.ts') return 'src/main';
  const [first = '', second = ''] = path.split('/');
  const room = first === 'src' ? `src/${second}` : first;
  return room in doors || first === 'src' ? room : undefined;
}

function show(one: Import): string {
  return `${one.from}:${one.line} imports ${one.to}`;
}
