import { expect } from 'chai';
import fc from 'fast-check';
import type { Clock } from '../../src/port/clock.ts';
import type { Page, Selection, Source } from '../../src/port/source.ts';
import type { Row } from '../../src/record/change.ts';
import type { Cursor } from '../../src/record/cursor.ts';
import type { Tables } from '../fakes/source-in-memory.ts';
import { stillClock } from '../fakes/still-clock.ts';

/** What the suites read: certificates with their pages and their type. */
export const certificates: Selection = {
  table: 'cert', key: 'ID', time: 'T', columns: ['NAME'],
  children: [{ name: 'sheets', table: 'sheet', parent: 'CERT', columns: ['SAYS'], order: ['NO'] }],
  lookups: [{ name: 'type', table: 'kind', key: 'CODE', by: 'KIND', columns: ['LABEL'] }],
};

export function certificate(id: string, time: string | null, change: Row = {}): Row {
  return { ID: id, T: time, NAME: `证${id}`, KIND: null, ...change };
}

/** Opens a county with these tables; `late` puts a row in afterwards. */
export type OpenCounty = (tables: Tables, clock: Clock) => Promise<{ readonly source: Source; readonly late: (row: Row) => Awaitable; close(): Awaitable }>;

type Awaitable = Promise<void> | void;

/** A county with these tables, closed after the test. */
export function openingWith(open: OpenCounty): { readonly openWith: (tables: Tables) => Promise<Omit<Awaited<ReturnType<OpenCounty>>, 'close'>>; readonly close: () => Promise<void> } {
  const clock = stillClock();
  let close: () => Awaitable = () => undefined;
  const closeIt = async (): Promise<void> => {
    await close();
    close = () => undefined;
  };
  afterEach(closeIt);
  return {
    close: closeIt,
    openWith: async (tables) => {
      const county = await open({ cert: [], sheet: [], kind: [], ...tables }, clock);
      close = () => county.close();
      return county;
    },
  };
}

export const keysOf = (pages: readonly Page[]): readonly string[] => pages.flatMap((page) => page.changes.map((change) => change.key));

/** Every page from a cursor to the end. */
export async function readOn(source: Source, cursor: Cursor | null, limit: number, way: 'changes' | 'sweep' = 'changes', selection = certificates): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for (let from = cursor; ;) {
    const page = await source[way](selection, from, limit);
    pages.push(page);
    if (page.caughtUp) return pages;
    from = page.resume;
    if (pages.length > 10_000) throw new Error('never caught up');
  }
}

/** What every county source promises, whatever it reads. `anew`: a reading broken off begins anew instead of going on. */
export function everySourceSuite(open: OpenCounty, { anew = false } = {}): void {
  const { openWith, close } = openingWith(open);

  const times = ['2026-11-20 08:00:00', '2026-11-20 08:00:00', '2026-11-20 09:00:00', '2026-11-21 08:00:00'];
  const rows = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...times) }, { weight: 1, arbitrary: fc.constant(null) }), { maxLength: 12 })
    .map((list) => list.map((time, index) => certificate(`K${String((index * 7) % 12).padStart(2, '0')}`, time)));

  it('gives a few rows of a table with all their columns, and no more than were asked for', async () => {
    const { source } = await openWith({ cert: [certificate('1', '2026-11-20 08:00:00'), certificate('2', null)] });
    expect((await source.sample('cert', 5)).map((row) => row['NAME']).toSorted()).to.deep.equal(['证1', '证2']);
    expect(await source.sample('cert', 1)).to.have.length(1);
  });
  it('reads the same in pages of any size, from any checkpoint on: what was read before and the rest are the whole', async () => {
    await fc.assert(fc.asyncProperty(rows, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), async (cert, size, other) => {
      await close();
      const { source } = await openWith({ cert });
      const whole = keysOf(await readOn(source, null, 1000));
      expect(whole.toSorted()).to.deep.equal(cert.map((row) => String(row['ID'])).toSorted());
      const pages = await readOn(source, null, size);
      expect(keysOf(pages)).to.deep.equal(whole);
      for (let at = 0; at < pages.length; at += 1) {
        const before = keysOf(pages.slice(0, at + 1));
        const rest = keysOf(await readOn(source, pages[at]?.cursor ?? null, other));
        expect([...new Set([...before, ...rest])].toSorted()).to.deep.equal(whole.toSorted());
        if (!anew) expect(new Set(rest.filter((key) => cert.find((row) => row['ID'] === key)?.['T'] !== null)).size + before.filter((key) => cert.find((row) => row['ID'] === key)?.['T'] !== null).length)
          .to.equal(cert.filter((row) => row['T'] !== null).length);
      }
    }), { numRuns: 25 });
  });
  it('reads 1,001 rows of one timestamp, one at a time', async () => {
    const cert = Array.from({ length: 1001 }, (_, index) => certificate(`K${index}`, '2026-11-20 08:00:00'));
    const { source } = await openWith({ cert });
    expect(new Set(keysOf(await readOn(source, null, 1))).size).to.equal(1001);
  });
  it('gives rare characters, Mongolian, variants of a character and joined signs byte for byte', async () => {
    const names = ['𠮷田', 'ᠮᠣᠩᠭᠣᠯ\u202f\u1824\u180e', '一\u202f二', '辻\u{e0100}', '\u{1f468}\u200d\u{1f469}\u200d\u{1f466}', 'é'.normalize('NFD'), '𰻝', `'"\\%_;--`];
    const { source } = await openWith({ cert: names.map((name, index) => certificate(String(index), null, { NAME: name })) });
    const { changes } = await source.sweep(certificates, null, 10);
    expect(changes.map((change) => (change.state === 'present' ? Buffer.from(String(change.row['NAME'])).toString('hex') : null)))
      .to.deep.equal(names.map((name) => Buffer.from(name).toString('hex')));
  });
  it('brings what belongs to a row, in order, and what it points to', async () => {
    const { source } = await openWith({
      cert: [certificate('A', '2026-11-20 08:00:00', { KIND: 'k' }), certificate('B', '2026-11-20 08:00:01', { KIND: 'unknown' }), certificate('C', '2026-11-20 08:00:02')],
      sheet: [{ CERT: 'A', NO: 2, SAYS: '二' }, { CERT: 'B', NO: 1, SAYS: '别的' }, { CERT: 'A', NO: 1, SAYS: '一' }],
      kind: [{ CODE: 'k', LABEL: '类' }],
    });
    const changes = (await source.changes(certificates, null, 10)).changes.map((change) => (change.state === 'present' ? change : null));
    expect(changes.map((change) => change?.children['sheets']?.map((row) => row['SAYS']))).to.deep.equal([['一', '二'], ['别的'], []]);
    expect(changes.map((change) => change?.lookups['type']?.['LABEL'])).to.deep.equal(['类', undefined, undefined]);
    expect(changes[0]?.row).to.deep.equal({ ID: 'A', T: '2026-11-20 08:00:00', NAME: '证A', KIND: 'k' });
  });
  it('brings what points to another column than the key', async () => {
    const { source } = await openWith({
      cert: [certificate('A', '2026-11-20 08:00:00', { KIND: 'k' }), certificate('B', '2026-11-20 08:00:01')],
      sheet: [{ CERT: 'k', NO: 1, SAYS: '一' }, { CERT: 'A', NO: 1, SAYS: '别的' }],
    });
    const [sheets] = certificates.children;
    const page = await source.changes({ ...certificates, children: sheets === undefined ? [] : [{ ...sheets, by: 'KIND' }] }, null, 10);
    expect(page.changes.map((change) => (change.state === 'present' ? change.children['sheets']?.map((row) => row['SAYS']) : null))).to.deep.equal([['一'], []]);
  });
  it('guesses none of several rows that could be meant, and says so', async () => {
    const cert = [certificate('A', '2026-11-20 08:00:00', { KIND: 'k' }), certificate('B', '2026-11-20 08:00:01', { KIND: 'm' })];
    const { source } = await openWith({ cert, sheet: [{ CERT: 'k', NO: 1, SAYS: '一' }, { CERT: 'k', NO: 2, SAYS: '二' }, { CERT: 'm', NO: 1, SAYS: '三' }] });
    const lookups = [{ name: 'type', table: 'sheet', key: 'CERT', by: 'KIND', columns: ['SAYS'] }];
    const page = await source.changes({ ...certificates, children: [], lookups }, null, 10);
    const changes = page.changes.map((change) => (change.state === 'present' ? [change.lookups['type']?.['SAYS'], change.ambiguous] : null));
    expect(changes).to.deep.equal([[undefined, ['type']], ['三', undefined]]);
  });
  it('sweeps every row once, in pages of any size, whether it has a time or not', async () => {
    const cert = Array.from({ length: 11 }, (_, index) => certificate(`K${index}`, index % 3 === 0 ? null : '2026-11-20 08:00:00'));
    const { source } = await openWith({ cert });
    for (const limit of [1, 3, 11, 100]) {
      expect(keysOf(await readOn(source, null, limit, 'sweep')).toSorted()).to.deep.equal(cert.map((row) => String(row['ID'])).toSorted());
    }
  });
  it('finds one record by its key, and says when it is gone', async () => {
    const { source } = await openWith({ cert: [certificate('A', null)] });
    expect(await source.one(certificates, 'A')).to.deep.include({ state: 'present', key: 'A' });
    expect(await source.one(certificates, 'B')).to.deep.equal({ state: 'gone', key: 'B' });
  });
  it('reads only the rows that are published', async () => {
    const { source } = await openWith({ cert: [certificate('A', null, { KIND: '1' }), certificate('B', '2026-11-20 08:00:00', { KIND: '2' }), certificate('C', null)] });
    const page = await source.sweep({ ...certificates, where: { KIND: ['1', '3'] } }, null, 10);
    expect(page.changes.map((change) => change.key)).to.deep.equal(['A']);
  });
}

/** What sources promise besides that read by (time, key). */
export function timedSourceSuite(open: OpenCounty): void {
  const { openWith } = openingWith(open);

  it('reads a transaction that began early and committed late, when it lies within the overlap', async () => {
    const { source, late } = await openWith({ cert: [certificate('A', '2026-11-20 08:10:00')] });
    const kept = (await readOn(source, null, 10)).at(-1)?.cursor ?? null;
    await late(certificate('B', '2026-11-20 07:50:00'));
    expect(keysOf(await readOn(source, kept, 10))).to.deep.equal([]);
    expect(keysOf(await readOn(source, source.rewind(kept ?? '', 30), 10))).to.deep.equal(['B', 'A']);
  });
  it('finds what committed behind the back of a long reading: the kept cursor never passes the moment it began', async () => {
    const clock = stillClock();
    const began = new Date(clock.wallMs() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    const later = (minutes: number): string => new Date(clock.wallMs() + 8 * 3_600_000 + minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ');
    const county = await open({ cert: [certificate('A', '2026-11-20 08:00:00')], sheet: [], kind: [] }, clock);
    try {
      const [thirtyLater, tenLater] = [later(30), later(10)];
      const first = await county.source.changes(certificates, null, 1);
      await clock.rest(3_600_000);
      await county.late(certificate('B', thirtyLater));
      const rest = await readOn(county.source, first.resume, 10);
      expect(keysOf(rest)).to.deep.equal(['B']);
      await county.late(certificate('C', tenLater));
      const kept = rest.at(-1)?.cursor ?? '';
      expect(keysOf(await readOn(county.source, county.source.rewind(kept, 0), 10))).to.deep.equal(['C', 'B']);
      expect(kept).to.contain(began);
    } finally {
      await county.close();
    }
  });
  it('is behind when it shows no row from the cursor\'s moment on, and not when it shows that very row', async () => {
    const { source } = await openWith({ cert: [certificate('A', '2026-11-20 08:00:00')] });
    const kept = (await readOn(source, null, 10)).at(-1)?.cursor ?? '';
    const { source: older } = await openWith({ cert: [certificate('A', '2026-11-20 07:00:00')] });
    expect(await older.behind?.(certificates, kept)).to.equal(true);
  });
  it('reads every row of the very moment it goes back to', async () => {
    const { source } = await openWith({ cert: [certificate('A', '2026-11-20 08:00:00'), certificate('B', '2026-11-20 08:30:00')] });
    const kept = (await readOn(source, null, 10)).at(-1)?.cursor ?? '';
    expect(keysOf(await readOn(source, source.rewind(kept, 30), 10))).to.deep.equal(['A', 'B']);
  });
  it('never keeps a cursor below where it was, however far it went back', async () => {
    const cert = ['1', '2', '3', '4'].map((id) => certificate(id, `2026-11-20 08:0${id}:00`));
    const { source, late } = await openWith({ cert });
    const kept = (await readOn(source, null, 10)).at(-1)?.cursor ?? '';
    const [first] = await readOn(source, source.rewind(kept, 30), 1);
    expect(keysOf(await readOn(source, first?.cursor ?? '', 10))).to.deep.equal([]);
    await late(certificate('5', '2026-11-20 08:05:00'));
    expect(keysOf(await readOn(source, first?.cursor ?? '', 10))).to.deep.equal(['5']);
  });
  it('reads rows without a time, in every run', async () => {
    const { source } = await openWith({ cert: [certificate('A', null), certificate('B', '2026-11-20 08:00:00'), certificate('C', null)] });
    const pages = await readOn(source, null, 1);
    expect(keysOf(pages)).to.deep.equal(['B', 'A', 'C']);
    expect(keysOf(await readOn(source, pages.at(-1)?.cursor ?? null, 10))).to.deep.equal(['A', 'C']);
  });
  it('is not carried away by a row stamped 2099: later rows of today are still read', async () => {
    const { source, late } = await openWith({ cert: [certificate('A', '2026-11-20 08:00:00'), certificate('Z', '2099-12-31 00:00:00')] });
    const pages = await readOn(source, null, 1);
    expect(keysOf(pages)).to.deep.equal(['A', 'Z']);
    await late(certificate('B', '2026-11-23 14:59:59'));
    expect(keysOf(await readOn(source, pages.at(-1)?.cursor ?? null, 10))).to.deep.equal(['B', 'Z']);
  });
  it('reads a row stamped some hours ahead again until its time has come, and what is written meanwhile as well', async () => {
    const { source, late } = await openWith({ cert: [certificate('A', '2026-11-23 14:00:00'), certificate('H', '2026-11-23 23:00:00')] });
    for (const id of ['B', 'C']) {
      const kept = (await readOn(source, null, 10)).at(-1)?.cursor ?? '';
      await late(certificate(id, '2026-11-23 14:30:00'));
      expect(keysOf(await readOn(source, kept, 10))).to.include.members([id, 'H']);
    }
  });
}

/** Every promise of a county whose rows say when they changed. */
export function sourceSuite(open: OpenCounty): void {
  everySourceSuite(open);
  timedSourceSuite(open);
}
