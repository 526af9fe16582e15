import { createCipheriv } from 'node:crypto';
import { expect } from 'chai';
import { pascalCase } from '../../simulator/players/taken.ts';
import { rehearsalKeys } from '../../simulator/rehearsal-keys.ts';
import { clean, rehearse, type Rehearsal, type Wish } from './rehearsal.ts';

describe('the region that looks at a failed record again only after a day', () => {
  let at: Rehearsal;
  before(async () => {
    at = await rehearse({ play: 'mohurd-like' });
  });
  after(() => at.end());

  const push = async (records: readonly Wish[]): Promise<readonly string[]> => {
    const query = 'appid=county-of-the-tests&secret=secret-of-the-tests';
    const { ReturnData } = await (await fetch(`${at.simulator.url}/oauth/token?${query}`)).json() as { ReturnData: { AccessToken: string } };
    const named = records.map((record) => Object.fromEntries(Object.entries(record).map(([name, value]) => [pascalCase(name), value])));
    const iv = Buffer.alloc(16, 7);
    const cipher = createCipheriv('sm4-cbc', rehearsalKeys.sm4, iv);
    const data = Buffer.concat([iv, cipher.update(JSON.stringify({ AcceptData: named })), cipher.final()]).toString('base64');
    const answer = await fetch(`${at.simulator.url}/certs/up_lic_data?access_token=${ReturnData.AccessToken}`, { method: 'POST', body: JSON.stringify({ citynum: '150600', data }) });
    const told = (await answer.json() as { ReturnData: { ErrorData: { ErrorGuid: string; ErrorCode: string }[]; SuccessData: { Guid: string }[] } }).ReturnData;
    return [...told.ErrorData.map((one) => `${one.ErrorGuid} ${one.ErrorCode}`), ...told.SuccessData.map((one) => `${one.Guid} taken`)];
  };

  it('refuses it for coming too soon, takes its neighbours, and takes it itself a day later', async () => {
    const bad = clean('up_lic_data', 'B1', { row_guid: 'bad', certificate_name: '' });
    const good = (guid: string, batch: string): Wish => clean('up_lic_data', batch, { row_guid: guid });
    expect(await push([bad, good('one', 'B1')])).to.deep.equal(['bad CHECK', 'one taken']);
    expect(await push([good('bad', 'B2'), good('two', 'B2')])).to.deep.equal(['bad TOO_SOON', 'two taken']);
    expect(await push([good('two', 'B3')])).to.deep.equal(['two REPEAT']);
    at.clock.ms += 24 * 3_600_000;
    expect(await push([good('bad', 'B4')])).to.deep.equal(['bad taken']);
  });
});
