import { expect } from 'chai';
import { Failure } from '../../src/record/failure.ts';
import { emptyOffice, Hall, type Visitor } from './hall.ts';
import { livedTown } from './lived-town.ts';

describe('batches in doubt, on the console', () => {
  const told: unknown[] = [];
  let hall: Hall;
  let operator: Visitor;
  let no = '';

  before(async () => {
    const file = await livedTown(async (town) => {
      for (const id of ['1', '2', '3']) town.county.put('licences', id);
      town.region.ill = () => ({ kind: 'lost-before' });
      await town.run('licences');
      town.region.ask = async () => ({ verdict: 'unknown', reason: 'ASK_NOT_POSSIBLE' });
      await town.run('licences');
      for (const id of ['5', '6']) town.county.put('items', id);
      await town.run('items');
      no = (await town.store.openBatches('licences'))[0]?.no ?? '';
    });
    const concludeBatch = async (said: { readonly heard: string }): Promise<void> => {
      if (said.heard === 'never-arrived') throw new Failure('BATCH_NOT_OPEN', { batch: no });
      told.push(said);
    };
    hall = await Hall.open({ office: { ...emptyOffice, concludeBatch } }, file);
    await hall.setUp();
    operator = await hall.as('operator');
  });
  after(() => hall.close());

  const listed = async (): Promise<readonly Readonly<Record<string, unknown>>[]> => (await operator.ask('GET', '/api/batches')).json['batches'] as readonly Readonly<Record<string, unknown>>[];

  it('are listed when only people can tell of them, and not while the region has not been asked', async () => {
    expect((await hall.read.unconcluded()).map(({ dataset }) => dataset)).to.have.members(['items', 'licences']);
    expect((await listed()).map(({ no: number, dataset, records, why }) => [number, dataset, records, why])).to.deep.equal([[no, 'licences', 3, '无法询问']]);
  });
  it('are concluded with what was heard and why, which stands in the audit', async () => {
    expect((await operator.ask('POST', `/api/batches/${no}/conclude`, { heard: 'arrived', reason: 'asked by telephone' })).status).to.equal(200);
    expect(told).to.deep.equal([{ no, heard: 'arrived', who: 'operator', why: 'asked by telephone' }]);
    const entries = (await (await hall.as('audit')).ask('GET', '/api/audit')).json['entries'] as readonly Readonly<Record<string, unknown>>[];
    expect(entries.find((one) => one['action'] === 'concludeBatch' && one['result'] === 'done')).to.deep.include({ object: `batch ${no} licences`, after: { heard: 'arrived', records: 3 }, reason: 'asked by telephone' });
  });
  it('are refused when they are in doubt no more, are not there, or belong to a dataset of others', async () => {
    const codeOf = async (visitor: Visitor, number: string, heard: string): Promise<unknown> => {
      const { status, json } = await visitor.ask('POST', `/api/batches/${number}/conclude`, { heard, reason: 'asked by telephone' });
      return [status, json['code']];
    };
    expect([await codeOf(operator, no, 'never-arrived'), await codeOf(operator, 'none', 'arrived'), await codeOf(operator, no, 'perhaps')]).to.deep.equal([[409, 'BATCH_NOT_OPEN'], [404, 'BATCH_NOT_OPEN'], [422, 'REQUEST_WRONG']]);
    expect((await codeOf(await hall.as('reader'), no, 'arrived') as readonly unknown[])[1]).to.equal('NOT_ALLOWED');
  });
});
