import { expect } from 'chai';
import { countyAt } from '../../src/cli/county-url.ts';
import { terminal } from '../fakes/parts-in-memory.ts';

describe('demo with the county on a database server', () => {
  it('understands the address of MariaDB, MySQL and PostgreSQL', () => {
    expect(countyAt('mysql://root@127.0.0.1/test')).to.include({ engine: 'mariadb', host: '127.0.0.1', port: 3306, user: 'root', database: 'test' }).and.not.have.property('password');
    expect(countyAt('mariadb://a:p%40ss@db.example:3307/%E6%97%97')).to.include({ user: 'a', password: 'p@ss', port: 3307, database: '旗' });
    expect(countyAt('postgresql://a@h/d')).to.include({ engine: 'postgres', port: 5432, schema: 'public' });
  });
  it('says how an address is written that it does not understand, without repeating it', async () => {
    for (const address of ['127.0.0.1', 'oracle://a:geheim@h/d', 'mysql://h/d', 'mysql://a:geheim@h', 'mysql://']) {
      const screen = terminal();
      expect(await screen.type('demo', '--county', address, '--lang', 'en')).to.equal(1);
      expect(screen.complaints.join()).to.contain('COUNTY_URL_WRONG').and.not.contain('geheim');
    }
  });
  it('copies the county there before it reads, and does not touch a database in which somebody else has tables', async () => {
    const other = terminal({ demo: { ...terminal().parts.demo, copy: async () => ({ strange: ['PAYROLL'], count: 7 }) } });
    expect(await other.type('demo', '--county', 'mysql://a:geheim@h/d', '--lang', 'en')).to.equal(1);
    expect(other.complaints.join()).to.contain('DEMO_COUNTY_OTHERS').and.contain('PAYROLL').and.not.contain('geheim');
  });
});
