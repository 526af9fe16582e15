import { expect } from 'chai';
import { dirtKinds } from '../../demo/county/dirt.ts';
import { published, scaleOf } from '../../demo/county/size.ts';
import { itemPlans } from '../../demo/county/item-plan.ts';
import { fieldsOf } from '../../demo/county/region-row.ts';
import { luckOf } from '../../demo/county/luck.ts';
import { type MadeCounty, ask, madeCounty } from './made-county.ts';

describe('a made-up county', () => {
  let county: MadeCounty;
  before(async () => { county = await madeCounty(); });
  after(() => county.remove());

  it('is the same, row by row, when it is made again from the same seed', async () => {
    const again = await madeCounty();
    for (const table of ['SXSERVICE', 'QLCASE', 'QLCASEPROCESS', 'DZZZ_ZZXX']) {
      const sql = `select * from ${table} order by rowid`;
      expect(JSON.stringify(ask(again.file, sql)) === JSON.stringify(ask(county.file, sql)), table).to.equal(true);
    }
    const expected = 'select * from expected';
    expect(JSON.stringify(ask(again.truthFile, expected)) === JSON.stringify(ask(county.truthFile, expected))).to.equal(true);
    again.remove();
  });

  it('is another one when the seed is another one', async () => {
    const other = await madeCounty(7);
    expect(ask(other.file, 'select ZZID from DZZZ_ZZXX limit 5')).not.to.deep.equal(ask(county.file, 'select ZZID from DZZZ_ZZXX limit 5'));
    other.remove();
  });

  it('lists the 22 terminals in use, those cases name among them, with the 9 departments that put them up, whatever the seed', async () => {
    const other = await madeCounty(7);
    for (const { file } of [county, other]) {
      const inUse = ask(file, `select TERMINALCODE as code, ORGANOID as organ from SYSTERMINAL where USEFLAG = '1'`);
      expect([inUse.length, new Set(inUse.map((row) => row['organ'])).size]).to.deep.equal([22, 9]);
      expect(ask(file, 'select 1 as n from SYSTERMINAL where ORGANOID not in (select ORGANOID from SYSORGAN)')).to.deep.equal([]);
      expect(ask(file, `select distinct TERMINALCODE as code from QLCASE where TERMINALCODE like 'ZZJ%'`).filter((row) => !inUse.some((one) => one['code'] === row['code']))).to.deep.equal([]);
      expect(ask(file, `select count(distinct ORGANOID) as n from SYSTERMINAL`), 'and one whose only terminal is out of use').to.deep.equal([{ n: 10 }]);
    }
    const list = 'select TERMINALCODE, ORGANOID from SYSTERMINAL order by 1';
    expect(ask(other.file, list)).not.to.deep.equal(ask(county.file, list));
    other.remove();
  });

  it('carries every kind of dirt at least once, each with what should become of it', () => {
    const kinds = ask(county.truthFile, 'select distinct kind from fate').map((row) => row['kind']);
    expect(kinds).to.have.members(dirtKinds.map((kind) => kind.id));
    expect(dirtKinds.length).to.be.at.least(25);
  });

  it('expects no row of a quarantined record, and rows of every other published record', () => {
    expect(ask(county.truthFile, `select 1 as n from fate join expected using (dataset, key) where outcome = 'quarantined'`)).to.deep.equal([]);
    const travelling = ask(county.truthFile, `select count(distinct key) as n from expected where dataset = 'licences'`)[0]?.['n'];
    const quarantined = ask(county.truthFile, `select count(*) as n from fate where dataset = 'licences' and outcome = 'quarantined'`)[0]?.['n'];
    expect(Number(travelling) + Number(quarantined)).to.equal(3000);
  });

  it('has no case about a dirty item, so that no case waits for ever', () => {
    const dirty = new Set(ask(county.truthFile, `select key from fate where dataset = 'items'`).map((row) => row['key']));
    const named = ask(county.file, 'select distinct SERVICEOID as oid from QLCASE').filter((row) => dirty.has(row['oid']));
    expect(named).to.deep.equal([]);
  });

  it('invents no result for a case still being handled', () => {
    const running = ask(county.file, `select CASEOID as id from QLCASE where CASESTATUS = '2'`);
    expect(running.length).to.be.greaterThan(0);
    expect(ask(county.file, `select 1 as n from QLCASELINKRESULT where CASEOID in (select CASEOID from QLCASE where CASESTATUS = '2')`)).to.deep.equal([]);
  });

  it('gives clean licences identifiers, and clean cases numbers, that are nobody else’s', () => {
    for (const [dataset, table, field] of [['licences', 'up_lic_data', 'certificate_source_id'], ['cases', 'up_pro_accept', 'project_no']] as const) {
      const at = fieldsOf(table).indexOf(field);
      const values = ask(county.truthFile, `select body from expected where dataset = '${dataset}' and tbl = '${table}'`).map((row) => (JSON.parse(String(row['body'])) as unknown[])[at]);
      expect(new Set(values).size).to.equal(values.length);
      expect(String(values[0]).length).to.be.greaterThan(40);
    }
  });

  it('lets nothing happen after its last day', () => {
    const [row] = ask(county.file, 'select max(MODIFYDATE) as c, (select max(GXSJ) from DZZZ_ZZXX) as l from QLCASE');
    expect(String(row?.['c']) < '2026-11-20 19:00:00').to.equal(true);
    expect(String(row?.['l']) < '2026-11-20 19:00:00').to.equal(true);
  });
});

describe('the size of a made-up county', () => {
  it('is the banner’s own published size', () => {
    expect(scaleOf('banner')).to.deep.equal({ items: 1867, cases: 32000, licences: 233000 });
  });

  it('keeps the proportions at another size', () => {
    expect(scaleOf(116500)).to.deep.equal({ items: 934, cases: 16000, licences: 116500 });
  });

  it('refuses a size that is none', () => {
    expect(() => scaleOf(Number('many'))).to.throw('县域规模');
  });

  it('shows the published shares of items: online, instant, at terminals, in towns, villages and the development zone', () => {
    const plans = itemPlans(published.items, luckOf(1, 'item-plan'));
    const count = (fits: (plan: (typeof plans)[number]) => boolean): number => plans.filter(fits).length;
    expect(Math.round((100 * count((plan) => plan.fullyOnline)) / 1867)).to.equal(88);
    expect(Math.round((100 * count((plan) => plan.instant)) / 1867)).to.equal(81);
    expect(count((plan) => plan.atTerminal)).to.equal(263);
    expect(count((plan) => plan.site === 'town')).to.equal(86);
    expect(count((plan) => plan.site === 'village')).to.equal(38);
    expect(count((plan) => plan.site === 'zone')).to.equal(25);
    expect(count((plan) => plan.scansLicence)).to.equal(185);
  });

  it('promises 84 % less time than the law allows', () => {
    const plans = itemPlans(published.items, luckOf(1, 'item-plan'));
    const [law, promised] = [plans.reduce((sum, plan) => sum + plan.lawDays, 0), plans.reduce((sum, plan) => sum + plan.promiseDays, 0)];
    expect(Math.round(100 - (100 * promised) / law)).to.equal(84);
    expect(plans.every((plan) => plan.promiseDays <= plan.lawDays)).to.equal(true);
  });
});
