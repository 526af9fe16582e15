import { expect } from 'chai';
import { openSource as openMariadb } from '../../../adapters/county-mariadb/source.ts';
import { openSource as openPostgres } from '../../../adapters/county-postgres/source.ts';
import type { MariadbSetting, PostgresSetting, TlsSetting } from '../../../src/port/source-setting.ts';
import type { Failure } from '../../../src/record/failure.ts';
import { stillClock } from '../../fakes/still-clock.ts';
import { Authority, type Certified } from '../../fixtures/certificates.ts';
import { mariadbServer, postgresServer, withServer } from '../../fixtures/county-servers.ts';
import { TlsLine } from '../../fixtures/tls-line.ts';

for (const [engine, open, port] of [['mariadb', mariadbServer, 3306], ['postgres', postgresServer, 5432]] as const) {
  describe(`the line to ${engine} under TLS`, () => {
    const server = withServer(engine, open);
    let authority: Authority;
    before(() => {
      authority = new Authority();
    });

    /** Tables that can be seen through a line with this certificate; or the code of what is wrong. */
    const seen = async (certified: Certified, tls: TlsSetting | undefined, about: { readonly host?: string; readonly asks?: boolean } = {}): Promise<string> => {
      const line = new TlsLine(engine, { certified, port, ...(about.asks === true ? { ca: authority.certificate } : {}) });
      const setting = { ...server().setting, port: await line.open(), host: about.host ?? '127.0.0.1', ...(tls === undefined ? {} : { tls }) };
      const source = engine === 'mariadb' ? openMariadb(setting as MariadbSetting, stillClock()) : openPostgres(setting as PostgresSetting, stillClock());
      try {
        const tables = await source.describe();
        expect(line.encrypted).to.be.above(0);
        return `${tables.length} tables`;
      } catch (cause) {
        return (cause as Failure).code;
      } finally {
        await source.close();
        line.close();
      }
    };

    it('stands with a certificate of the named authority for this address, for this name, or for the name that is told', async () => {
      await server().write('create table one (id int primary key)');
      expect(await seen(authority.issue('address'), { ca: authority.certificate })).to.equal('1 tables');
      expect(await seen(authority.issue('named', { name: 'DNS:localhost' }), { ca: authority.certificate }, { host: 'localhost' })).to.equal('1 tables');
      expect(await seen(authority.issue('told', { name: 'DNS:db.county.example' }), { ca: authority.certificate, name: 'db.county.example' })).to.equal('1 tables');
      expect(await seen(authority.issue('told-too', { name: 'DNS:db.county.example' }), { ca: authority.certificate, name: 'db.county.example' }, { host: 'localhost' })).to.equal('1 tables');
    });
    it('is refused with a certificate of somebody else, of an authority nobody named, or one that has ended', async () => {
      const tls = { ca: authority.certificate };
      expect(await seen(authority.issue('other', { name: 'DNS:elsewhere.example' }), tls), 'another name, by address').to.equal('SOURCE_UNTRUSTED');
      expect(await seen(authority.issue('other-name', { name: 'DNS:elsewhere.example' }), tls, { host: 'localhost' }), 'another name').to.equal('SOURCE_UNTRUSTED');
      expect(await seen(authority.issue('other-address', { name: 'IP:10.1.1.1' }), tls), 'another address').to.equal('SOURCE_UNTRUSTED');
      expect(await seen(authority.issue('not-told', { name: 'DNS:localhost' }), { ...tls, name: 'db.county.example' }, { host: 'localhost' }), 'not the name that is told').to.equal('SOURCE_UNTRUSTED');
      expect(await seen(new Authority().issue('foreign'), tls), 'another authority').to.equal('SOURCE_UNTRUSTED');
      expect(await seen(authority.issue('ended', { days: -1 }), tls), 'ended').to.equal('SOURCE_UNTRUSTED');
    });
    it('shows our own certificate where the server asks for one', async () => {
      const ours = authority.issue('ours');
      expect(await seen(authority.issue('asks'), { ca: authority.certificate }, { asks: true })).to.be.oneOf(['SOURCE_AWAY', 'SOURCE_LOST', 'SOURCE_UNTRUSTED']);
      expect(await seen(authority.issue('asks'), { ca: authority.certificate, cert: ours.certificate, key: ours.key }, { asks: true })).to.equal('1 tables');
    });
  });
}
