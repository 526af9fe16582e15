import { openSink } from '../../../adapters/county-mariadb/sink.ts';
import type { MariadbSetting } from '../../../src/port/source-setting.ts';
import { serverSinkSuite } from '../../contract-suites/server-sink.ts';
import { mariadbServer, withServer } from '../../fixtures/county-servers.ts';

describe('writing into MariaDB', () => {
  const server = withServer('MariaDB', mariadbServer);
  serverSinkSuite(server, {
    open: () => openSink(server().setting as MariadbSetting),
    name: (name) => `\`${name}\``,
    place: () => '?',
  });
});
