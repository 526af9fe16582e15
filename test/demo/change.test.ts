import { expect } from 'chai';
import { DatabaseSync } from 'node:sqlite';
import { changeCounty } from '../../demo/county/change.ts';
import type { DaySummary } from '../../demo/county/change.ts';
import { type MadeCounty, ask, madeCounty } from './made-county.ts';

const snapshot = (county: MadeCounty): ReadonlyMap<unknown, Readonly<Record<string, unknown>>> => new Map(ask(county.file, 'select * from DZZZ_ZZXX').map((row) => [row['ZZID'], row]));
const bodies = (county: MadeCounty): ReadonlyMap<unknown, unknown> => new Map(ask(county.truthFile, `select key, body from expected where dataset = 'licences'`).map((row) => [row['key'], row['body']]));

describe('a day in the county', () => {
  let county: MadeCounty;
  let licencesBefore: ReadonlyMap<unknown, Readonly<Record<string, unknown>>>;
  let bodiesBefore: ReadonlyMap<unknown, unknown>;
  let day: DaySummary;
  before(async () => {
    county = await madeCounty(5);
    licencesBefore = snapshot(county);
    bodiesBefore = bodies(county);
    day = await changeCounty({ ...county, seed: 21, asOf: '2026-11-21' });
  });
  after(() => county.remove());

  it('tells how many licences are new, changed and gone, and the truth says the same', () => {
    const now = bodies(county);
    const { touched } = day;
    expect([...now.keys()].filter((key) => !bodiesBefore.has(key))).to.have.lengthOf(touched.licences.new);
    expect([...bodiesBefore.keys()].filter((key) => !now.has(key))).to.have.lengthOf(touched.licences.gone);
    expect([...now].filter(([key, body]) => bodiesBefore.has(key) && bodiesBefore.get(key) !== body)).to.have.lengthOf(touched.licences.changed);
  });

  it('has rows that come late: their time is older than rows long there', () => {
    const late = [...snapshot(county)].filter(([key, row]) => !licencesBefore.has(key) && String(row['GXSJ']) < '2026-11-20 18:30:00');
    expect(late).to.have.lengthOf(day.touched.licences.late);
  });

  it('has an update that does not move the row’s time', () => {
    const silent = [...snapshot(county)].filter(([key, row]) => licencesBefore.get(key)?.['GXSJ'] === row['GXSJ'] && licencesBefore.get(key)?.['CZZT'] !== row['CZZT']);
    expect(silent).to.have.lengthOf(day.touched.licences.silent);
  });

  it('has many rows on one timestamp', () => {
    const [row] = ask(county.file, `select count(*) as n from DZZZ_ZZXX where GXSJ > '2026-11-21' group by GXSJ order by n desc limit 1`);
    expect(row?.['n']).to.be.at.least(12);
  });

  it('has a licence that was deleted and leaves nothing to be read', () => {
    const now = snapshot(county);
    expect([...licencesBefore.keys()].filter((key) => !now.has(key))).to.have.lengthOf(day.touched.licences.deleted);
  });

  it('raises the version in the identifier of a renewed licence and nothing else of it', () => {
    const renewed = [...snapshot(county)].filter(([key, row]) => licencesBefore.has(key) && licencesBefore.get(key)?.['ZZBS'] !== row['ZZBS'] && String(row['ZZBS']).includes('.002.'));
    expect(renewed).to.have.lengthOf(day.touched.licences.changed - day.touched.licences.silent);
    for (const [key, row] of renewed) expect(String(row['ZZBS']).split('.').slice(0, 8)).to.deep.equal(String(licencesBefore.get(key)?.['ZZBS']).split('.').slice(0, 8));
  });

  it('puts dirty rows right, which then have no dirt left to their name', () => {
    const { items, cases, licences } = day.touched;
    expect(items.mended * cases.mended * licences.mended).to.be.greaterThan(0);
    expect(ask(county.truthFile, 'select 1 as n from fate join expected using (dataset, key) where outcome = \'quarantined\'')).to.deep.equal([]);
  });

  it('changes nothing at all when something goes wrong on the way', async () => {
    const broken = await madeCounty(6);
    const rows = snapshot(broken);
    const database = new DatabaseSync(broken.file);
    database.exec(`create trigger full before delete on DZZZ_ZZXX begin select raise(abort, 'disk full'); end`);
    database.close();
    let failure = '';
    await changeCounty({ ...broken, seed: 22, asOf: '2026-11-21' }).catch((error: unknown) => { failure = String(error); });
    expect(failure).to.contain('disk full');
    expect(JSON.stringify([...snapshot(broken)])).to.equal(JSON.stringify([...rows]));
    expect(bodies(broken).size).to.equal(ask(broken.truthFile, `select 1 as n from expected where dataset = 'licences'`).length);
    broken.remove();
  });
});
