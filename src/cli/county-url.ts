import type { SourceSetting } from '../port/source-setting.ts';
import { Failure } from '../record/failure.ts';

const limits = { connections: 1, pageRows: 4000, connectSeconds: 10, statementSeconds: 60 };

/** A database server by its address, for the rehearsal: `mysql://user:password@host:3306/database` or `postgres://…`; a Failure when it is none. */
export function countyAt(address: string): SourceSetting {
  const url = URL.canParse(address) ? new URL(address) : null;
  const database = decodeURIComponent(url?.pathname.slice(1) ?? '');
  if (url === null || url.hostname === '' || url.username === '' || database === '') throw new Failure('COUNTY_URL_WRONG');
  const { hostname: host } = url;
  const password = url.password === '' ? {} : { password: decodeURIComponent(url.password) };
  const server = { host, user: decodeURIComponent(url.username), ...password, database, zone: '+08:00', limits };
  switch (url.protocol) {
    case 'mysql:': case 'mariadb:': return { engine: 'mariadb', port: Number(url.port || 3306), ...server };
    case 'postgres:': case 'postgresql:': return { engine: 'postgres', port: Number(url.port || 5432), schema: 'public', ...server };
    default: throw new Failure('COUNTY_URL_WRONG');
  }
}
