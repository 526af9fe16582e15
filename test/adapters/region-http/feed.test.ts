import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { openRegion } from '../../../adapters/region-http/client.ts';
import type { Feed, FeedAnswer } from '../../../src/port/feed.ts';
import type { Region } from '../../../src/port/region.ts';
import { loadSite } from '../../../src/config/load-site.ts';
import { root } from '../../house/tree.ts';
import { rehearse, type Rehearsal } from '../../simulator/rehearsal.ts';

describe('what the region issues, over HTTP', () => {
  let at: Rehearsal;
  let region: Region;
  let feed: Feed;
  before(async () => {
    at = await rehearse();
    const loaded = await loadSite({
      dir: root, env: { QILIAN_DATA: '/tmp', QILIAN_REGION_URL: at.simulator.url, QILIAN_REGION_APP_KEY: 'county-of-the-tests', QILIAN_REGION_APP_SECRET: 'secret-of-the-tests' },
    });
    if (!('site' in loaded)) throw new Error(JSON.stringify(loaded.mistakes));
    const { profile } = loaded.site;
    if (profile.transport !== 'http') throw new Error(profile.transport);
    region = openRegion(profile, { clock: { wallMs: () => at.clock.ms, steadyMs: () => 0, rest: async () => undefined }, nonce: randomUUID });
    feed = feedOf(region);
    await at.sim('POST', 'issue', { resource: 'applications', records: [{ no: '1', long: 1 }, { no: '二' }, { no: '3' }] });
  });
  after(async () => {
    await region.close();
    await at.end();
  });
  afterEach(() => at.sim('DELETE', 'illness'));
  const pull = (limit = 2, cursor: string | null = null): Promise<FeedAnswer> => feed.pull({ resource: 'applications', cursor, limit });
  const ill = (kind: string, more: Record<string, unknown> = {}): Promise<unknown> => at.sim('POST', 'illness', { kind, match: { path: '/v1/down/' }, times: 1, ...more });

  it('comes in pages that say where the next begins', async () => {
    const first = await pull();
    if (first.verdict !== 'page') throw new Error(first.verdict);
    expect(first.page).to.deep.include({ records: ['{"no":"1","long":1}', '{"no":"二"}'], more: true });
    const second = await pull(2, first.page.cursor);
    if (second.verdict !== 'page') throw new Error(second.verdict);
    expect(second.page).to.deep.include({ records: ['{"no":"3"}'], more: false });
    expect(second.page.digest).to.not.equal(first.page.digest);
  });
  it('is not believed when it is cut off, in another charset, broken, a page for people, or of another shape', async () => {
    for (const [kind, more] of [['truncated', { withLength: false }], ['gbk', {}], ['broken-json', {}], ['html200', {}], ['shape', {}], ['redirect', {}]] as const) {
      await ill(kind, more);
      expect(await pull(), kind).to.include({ verdict: 'unsound', reason: 'unreadable' });
    }
  });
  it('is not believed when it has fewer records than it says, or others', async () => {
    await ill('page-short');
    expect(await pull()).to.include({ verdict: 'unsound', reason: 'count' });
    await ill('page-altered');
    expect(await pull()).to.include({ verdict: 'unsound', reason: 'digest' });
  });
  it('is asked for again later when the region is busy, gone, or cuts the line', async () => {
    await ill('429', { retryAfter: 7 });
    expect(await pull()).to.include({ verdict: 'later', restMs: 7000 });
    await ill('reset-before-commit');
    expect(await pull()).to.include({ verdict: 'later' });
    await ill('truncated', { withLength: true });
    expect(await pull()).to.include({ verdict: 'later' });
  });
  it('says so when the region does not want us', async () => {
    await ill('code', { code: 403 });
    expect(await pull()).to.include({ verdict: 'denied', code: '403' });
  });
  it('is asked for with a new token when the old one has ended', async () => {
    await ill('token');
    expect(await pull()).to.include({ verdict: 'page' });
  });
  it('is acknowledged where the region wants to hear it, and only there', async () => {
    expect(await feed.acknowledge('applications', '2')).to.deep.equal({ verdict: 'done' });
    expect(await feed.acknowledge('receipts', '9')).to.deep.equal({ verdict: 'done' });
    expect((await at.sim('GET', 'state'))['acknowledged']).to.deep.equal({ applications: '2' });
    await ill('503', { match: { path: '/v1/down/applications/ack' } });
    expect(await feed.acknowledge('applications', '3')).to.include({ verdict: 'later' });
  });
});

function feedOf(region: Region): Feed {
  if (region.feed === undefined) throw new Error('the shipped profile issues nothing');
  return region.feed;
}
