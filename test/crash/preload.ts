import { registerHooks } from 'node:module';
import { DatabaseSync } from 'node:sqlite';
import { KillPoints, readOrder } from './kill-points.ts';

// Loaded before the real program (`node --import`): what opens a store, a source or a region is wrapped on its way in, so the
// program itself knows nothing of it.

const points = new KillPoints(readOrder(process.env['CRASH_AT']), process.env['CRASH_POINTS'] ?? '/dev/null');
Object.assign(globalThis, { crashPoints: points });

const ports: readonly (readonly [file: string, open: string, port: string])[] = [
  ['/adapters/store-sqlite/store.ts', 'openStore', 'store'],
  ['/adapters/county-sqlite/source.ts', 'openSource', 'source'],
  ['/adapters/region-http/client.ts', 'openRegion', 'region'],
];

registerHooks({
  load: (url, context, next) => {
    const port = url.includes('?') ? undefined : ports.find(([file]) => url.endsWith(file));
    if (port === undefined) return next(url, context);
    const [, open, name] = port;
    const source = `import { ${open} as real } from '${url}?real'; export * from '${url}?real';
      export const ${open} = (...given) => globalThis.crashPoints.around('${name}', real(...given));`;
    return { format: 'module', shortCircuit: true, source };
  },
});

// The moment in which everything becomes durable lies within a call of the store.
const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function commit(this: DatabaseSync, sql: string): void {
  if (sql === 'commit') points.step('sqlite.commit', () => exec.call(this, sql));
  else exec.call(this, sql);
};
