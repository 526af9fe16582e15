import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { roles } from '../../src/port/accounts.ts';
import { canariesThrough, type Canary, type Left } from './canaries.ts';
import { description, Hall, type Visitor } from './hall.ts';

/** People sent through; `CANARIES=1000` for the whole proof. */
const count = Number(process.env['CANARIES'] ?? 40);
/** Records of which every role asks for everything. */
const asked = count > 100 ? 250 : 25;

describe(`${count} made-up people who go through everything, with faults on`, function () {
  this.timeout(600_000);
  let left: Left;
  let hall: Hall;
  let bodies: string[];

  before(async () => {
    left = await canariesThrough(count);
    hall = await Hall.open({}, left.storeFile);
    await hall.setUp();
    bodies = [];
    for (const role of roles) bodies.push(...await everythingFor(await hall.as(role)));
    bodies.push(...await everythingFor(hall.visitor()));
  });
  after(() => hall.close());

  it('have been delivered, refused by the region by their names, and set aside', async () => {
    const totals = (await hall.read.totals()).filter((one) => ['cases', 'licences'].includes(one.dataset));
    for (const { dataset, atRegion, quarantined } of totals) expect([atRegion > count / 3, quarantined > count / 10], `${dataset}: ${atRegion} at the region, ${quarantined} set aside`).to.deep.equal([true, true]);
    expect(totals).to.have.length(2);
    expect((await hall.read.quarantineGroups()).map((one) => one.code)).to.include.members(['REGION_REFUSED', 'CITIZEN_ID_WRONG', 'CODE_UNMAPPED']);
  });
  it('are found by their whole name and by their number, and shown masked', async () => {
    const operator = await hall.as('operator');
    const [one] = left.canaries.filter((_, at) => at % 5 !== 0 && at % 7 !== 0 && at % 11 !== 0 && at % 13 !== 0);
    for (const text of [one?.name, one?.number]) {
      const { records } = (await operator.ask('POST', '/api/records/search', { by: 'holder', text })).json as { records: readonly { key: string; holder: string }[] };
      expect(records.map(({ key, holder }) => [key, holder])).to.have.deep.members([[one?.key, '金*******'], [one?.key.replace(/row-0*/, 'case-'), '金*******']]);
    }
  });
  it('are in no answer to anybody: not to the operator, the reader, an administrator or a stranger', () => {
    expect(bodies.length).to.be.greaterThan(asked * 2);
    expect(foundIn(bodies.join('\n'), left.canaries)).to.deep.equal([]);
  });
  it('are in no log, no figure for machines, no audit, and nothing else the console keeps', async () => {
    const kept = ['console.db', 'console.db-wal', 'audit/audit.jsonl', 'anchors/anchors.jsonl'].map((file) => {
      try {
        return readFileSync(join(hall.folder, file)).toString('utf8');
      } catch {
        return '';
      }
    });
    const metrics = (await hall.visitor().ask('GET', '/metrics')).text;
    expect(foundIn([...kept, metrics, readFileSync(left.logFile, 'utf8'), hall.logged.join('\n')].join('\n'), left.canaries)).to.deep.equal([]);
    expect(kept[2]).to.include('setUp');
  });
  it('are seen as they are only by who asked with a reason and was granted it', async () => {
    const [operator, security] = [await hall.as('operator'), await hall.as('security')];
    const [found] = await hall.read.find(left.canaries[1]?.key ?? '', 'key', ['licences']);
    const wish = (await operator.ask('POST', '/api/unmaskings', { record: found?.record, reason: 'the holder stands here' })).json;
    await security.ask('POST', `/api/unmaskings/${String(wish['id'])}/decision`, { granted: true, reason: 'yes' });
    const seen = await operator.ask('GET', `/api/unmaskings/${String(wish['id'])}/record`);
    expect(seen.text).to.include(left.canaries[1]?.name);
  });

  async function everythingFor(visitor: Visitor): Promise<string[]> {
    const found: string[] = [];
    const note = async (asking: ReturnType<Visitor['ask']>): Promise<void> => {
      const reply = await asking;
      found.push(`${JSON.stringify(reply.headers)} ${reply.text}`);
    };
    for (const one of description.operations) {
      if (one.method !== 'get' || one.path.includes(':') || one.id === 'getStream') continue;
      await note(visitor.ask('GET', one.path));
    }
    const firsts = await Promise.all([['licences', left.canaries[0]?.key ?? ''], ['cases', 'case-0']].map(async ([dataset = '', key = '']) => (await hall.read.find(key, 'key', [dataset]))[0]?.record ?? 1));
    for (const record of firsts.flatMap((first) => Array.from({ length: asked }, (_, at) => first + at))) {
      await note(visitor.ask('GET', `/api/records/${record}`));
      await note(visitor.ask('GET', `/api/records/${record}/versions/1`));
      await note(visitor.ask('GET', `/api/records/${record}/differences?from=0&to=1`));
    }
    for (const { seq } of await hall.read.quarantine(null, 0, asked)) await note(visitor.ask('GET', `/api/quarantine/${seq}`));
    await note(visitor.ask('GET', '/api/quarantine?limit=200'));
    for (const dataset of ['licences', 'cases']) await note(visitor.ask('GET', `/api/mappings/${dataset}/preview`));
    for (const { key, name } of left.canaries.slice(0, 5)) {
      await note(visitor.ask('POST', '/api/records/search', { text: key }));
      await note(visitor.ask('POST', '/api/records/search', { text: name, by: 'holder' }));
    }
    for (const dataset of ['licences', 'cases']) await note(visitor.ask('POST', '/api/workbench/preview', { group: { dataset } }));
    return found;
  }
});

/** Who can be told by what is in a text. */
function foundIn(text: string, canaries: readonly Canary[]): readonly string[] {
  return canaries.filter(({ name, number, certificate, phone, address }) => [name, number, number.slice(0, -1), certificate, phone, address].some((mark) => text.includes(mark))).map((one) => one.key);
}
