import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Place } from './frontdb/database.ts';
import { startSimulator } from './simulator.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env['QILIAN_SIM_PORT'] ?? '18080' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string', default: join(root, 'data', 'region') },
    profile: { type: 'string', default: join(root, 'mappings', 'region', 'nmg') },
    play: { type: 'string', default: 'nmg' },
    'app-key': { type: 'string' },
    'app-secret': { type: 'string' },
    'token-seconds': { type: 'string', default: '7200' },
    // Ends when whoever started it ends, however that happens: its end of the pipe closes.
    'with-parent': { type: 'boolean', default: false },
  },
});

/** How the program ends when its port is in use by another. */
const portTaken = 98;

const simulator = await startSimulator({
  port: Number(values.port),
  host: values.host,
  dataDir: values.data,
  profileDir: values.profile,
  play: values.play,
  ...(values.play.startsWith('frontdb-') ? { frontdb: placeOf(values.play.slice('frontdb-'.length)) } : {}),
  appKey: values['app-key'] ?? (process.env['QILIAN_REGION_APP_KEY'] || 'demo-county'),
  appSecret: values['app-secret'] ?? (process.env['QILIAN_REGION_APP_SECRET'] || 'demo-secret-not-for-production'),
  tokenSeconds: Number(values['token-seconds']),
  clock: { wallMs: () => Date.now() },
  luck: () => Math.random(),
  zone: '+08:00',
}).catch((cause: NodeJS.ErrnoException) => {
  if (cause.code !== 'EADDRINUSE') throw cause;
  // Whoever started it tells it in the reader's language.
  if (!values['with-parent']) process.stderr.write(`port ${values.port} is in use by another program\n`);
  process.exit(portTaken);
});
process.stdout.write(`simulator listening on ${simulator.url}\n`);

const end = (): void => {
  process.stdin.destroy();
  void simulator.close();
};
process.once('SIGTERM', end);
process.once('SIGINT', end);
if (values['with-parent']) process.stdin.once('end', end).resume();

/** The exchange database of the environment, as the gateway's own profile reads it. */
function placeOf(engine: string): Place {
  const { env } = process;
  return {
    engine: engine === 'postgres' ? 'postgres' : 'mariadb', host: env['QILIAN_FRONTDB_HOST'] || '127.0.0.1', port: engine === 'postgres' ? 5432 : 3306,
    user: env['QILIAN_FRONTDB_USER'] ?? '', password: env['QILIAN_FRONTDB_PASSWORD'] ?? '', database: env['QILIAN_FRONTDB_DATABASE'] ?? '',
  };
}
