import { expect } from 'chai';
import { columnShowing } from '../../console/server/contested-value.ts';
import type { ConflictNote } from '../../src/port/inbound.ts';
import { Failure } from '../../src/record/failure.ts';
import { emptyOffice, Hall, shippedSite, type Visitor } from './hall.ts';
import { livedTown } from './lived-town.ts';

const secret = 'Khulan of the steppe 15947000000';
const note = (about: Partial<ConflictNote>): ConflictNote => ({
  resource: 'items', key: 'I1', table: 'SXSERVICE', row: { SERVICEOID: 'I1' }, column: 'PROMISEDAY', agreed: '10', county: '5', region: '7', state: 'open', by: null, why: null, ...about,
});

describe('values that both sides changed, on the console', () => {
  const told: unknown[] = [];
  let hall: Hall;
  let operator: Visitor;

  before(async () => {
    const file = await livedTown(async (town) => {
      const conflicts = [note({}), note({ key: 'I2', row: { SERVICEOID: 'I2' }, column: 'NOWHERE_REPORTED', agreed: null, county: secret, region: secret }), note({ key: 'I3', row: { SERVICEOID: 'I3' }, state: 'region', by: 'rule', why: 'the files say so' })];
      await town.store.conclude({ resource: 'items', at: 0, ended: [], agreed: [], adopted: [], conflicts });
    });
    const decide = async (deciding: { readonly id: number }): Promise<void> => {
      if (deciding.id === 2) throw new Failure('CONFLICT_MOVED', { id: 2 });
      told.push(deciding);
    };
    hall = await Hall.open({ office: { ...emptyOffice, decideConflict: decide } }, file);
    await hall.setUp();
    operator = await hall.as('operator');
  });
  after(() => hall.close());

  it('are listed while nobody has decided, with what both say and what was agreed before', async () => {
    const { total, conflicts } = (await operator.ask('GET', '/api/conflicts')).json as { readonly total: number; readonly conflicts: readonly Readonly<Record<string, unknown>>[] };
    expect([total, conflicts.map(({ key }) => key)]).to.deep.equal([2, ['I1', 'I2']]);
    expect(conflicts[0]).to.deep.include({ dataset: 'items', column: 'PROMISEDAY', class: 'plain', agreed: '10', county: '5', region: '7', seen: '0.0' });
  });
  it('show of a column that no field tells of only its form', async () => {
    const reply = await operator.ask('GET', '/api/conflicts');
    expect(reply.text).to.not.include('Khulan').and.not.include('15947000000');
    const { conflicts } = reply.json as { readonly conflicts: readonly Readonly<Record<string, unknown>>[] };
    expect(conflicts[1]).to.deep.include({ class: 'personal', county: 'Aaaaaa aa aaa aaaaaa 999…(32)' });
  });
  it('are masked like the field in which the column is reported', async () => {
    const site = await shippedSite();
    const guarded = site.datasets.flatMap((dataset) => dataset.records.flatMap(({ table, each, fields }) => Object.entries(fields).flatMap(([field, { origin }]) =>
      each === undefined && origin.kind === 'column' && origin.place.of === 'row' && site.personal.masks.has(`${table}.${field}`) ? [{ dataset, column: origin.place.column }] : [])));
    expect(guarded).to.not.deep.equal([]);
    for (const { dataset, column } of guarded) {
      const showing = columnShowing(site, dataset.dataset, { table: dataset.from.table, column });
      expect([column, showing.class === 'plain', showing.show(secret) === secret]).to.deep.equal([column, false, false]);
    }
  });
  it('are decided for one side with a reason, which stands in the audit without the value', async () => {
    expect((await operator.ask('POST', '/api/conflicts/1/decide', { side: 'region', seen: '0.0', reason: 'the catalogue says so' })).status).to.equal(200);
    expect(told).to.deep.equal([{ id: 1, side: 'region', seen: '0.0', by: 'operator', why: 'the catalogue says so' }]);
    const entries = (await (await hall.as('audit')).ask('GET', '/api/audit')).json['entries'] as readonly Readonly<Record<string, unknown>>[];
    expect(entries.find((one) => one['action'] === 'decideConflict' && one['result'] === 'done')).to.deep.include({ object: 'conflict 1 items I1 SXSERVICE.PROMISEDAY', after: { side: 'region' }, reason: 'the catalogue says so' });
  });
  it('are refused when they have moved, are decided already, or are not there', async () => {
    const codeOf = async (id: number): Promise<unknown> => {
      const { status, json } = await operator.ask('POST', `/api/conflicts/${id}/decide`, { side: 'county', seen: '0.0', reason: 'asked the window' });
      return [status, json['code']];
    };
    expect([await codeOf(2), await codeOf(3), await codeOf(99)]).to.deep.equal([[409, 'CONFLICT_MOVED'], [409, 'CONFLICT_NOT_OPEN'], [404, 'CONFLICT_NOT_OPEN']]);
    expect((await operator.ask('POST', '/api/conflicts/1/decide', { side: 'nobody', seen: '0.0', reason: 'neither' })).status).to.equal(422);
    expect((await (await hall.as('reader')).ask('POST', '/api/conflicts/1/decide', { side: 'county', seen: '0.0', reason: 'only looks' })).json['code']).to.equal('NOT_ALLOWED');
  });
});
