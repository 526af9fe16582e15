import { openSink } from '../../../adapters/county-postgres/sink.ts';
import type { PostgresSetting } from '../../../src/port/source-setting.ts';
import { serverSinkSuite } from '../../contract-suites/server-sink.ts';
import { postgresServer, withServer } from '../../fixtures/county-servers.ts';

describe('writing into PostgreSQL', () => {
  const server = withServer('PostgreSQL', postgresServer);
  serverSinkSuite(server, {
    open: () => openSink(server().setting as PostgresSetting),
    name: (name) => `"${name}"`,
    place: (n) => `$${n}`,
  });
});
