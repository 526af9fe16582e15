import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { openSource } from '../../adapters/county-sqlite/source.ts';
import { computeIndicators, type Figure } from '../../src/indicators/compute.ts';
import type { Measure } from '../../src/mapping/indicator.ts';
import { contract } from '../fixtures/contract.ts';
import { stillClock } from '../fakes/still-clock.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

const measure: Measure = { kind: 'county', source: 'hall', table: 'SYSTERMINAL', key: 'TERMINALOID', where: { USEFLAG: ['1'] }, distinct: 'ORGANOID' };
const nothing = async (): Promise<never> => { throw new Error('asked for what the county says itself'); };

/** The departments of a county's terminals, when its database was made by these statements. */
async function departmentsOf(sql: string): Promise<Figure | undefined> {
  const file = join(temporaryFolder(), 'county.db');
  const county = new DatabaseSync(file);
  county.exec(sql);
  county.close();
  const figures = await computeIndicators({
    site: { datasets: [], calendar: { years: [], off: [], work: [] }, indicators: [{ id: 'terminal-departments', title: '自助区进驻部门', unit: '个', formula: '…', measure, published: 9 }] },
    contract: contract(), mappingOf: () => undefined, year: '2026', openSource: () => openSource(file, stillClock()), ratings: nothing,
    store: { said: nothing, standingsOf: nothing, delays: nothing, setAside: nothing },
  });
  return figures[0];
}

describe('a figure read from a table of the county', () => {
  const table = 'create table SYSTERMINAL (TERMINALOID text primary key, ORGANOID text, USEFLAG text);';

  it('counts each department with a terminal in use once, and none whose terminals are all out of use', async () => {
    const rows = `insert into SYSTERMINAL values ('1', 'police', '1'), ('2', 'police', '1'), ('3', 'tax', '1'), ('4', 'post', '0'), ('5', null, '1');`;
    expect(await departmentsOf(table + rows)).to.include({
      value: 2, because: null, agrees: false, from: 'county', sql: `select count(distinct ORGANOID) from hall.SYSTERMINAL where USEFLAG in ('1')`,
    });
  });
  it('is unknown, and not nought, at a county without such a table or such a column', async () => {
    for (const county of ['create table SYSORGAN (ORGANOID text);', 'create table SYSTERMINAL (TERMINALOID text primary key, USEFLAG text);']) {
      expect(await departmentsOf(county), county).to.include({ value: null, exact: null, because: 'COUNTY_KEEPS_NONE', agrees: null });
    }
  });
  it('is nought where the list is there and names none', async () => {
    expect(await departmentsOf(table)).to.include({ value: 0, because: null });
  });
});
