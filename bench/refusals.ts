/**
 * `npm run bench:refusals`: what one bad record in a hundred costs. The licence job of the real gateway against a region in
 * a process of its own, in turns: no bad record, bad ones refused by their receipts, and batches refused whole for them, with
 * and without words that name the row. Ratios of one run hold; absolute figures do not.
 *
 *     npm run bench:refusals -- --size 20000 --rounds 3
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { makeBenchCounty } from './bench-county.ts';
import { gatewayCommand, measure } from './measured.ts';
import { keys, startRegion } from './region-process.ts';

const { values } = parseArgs({ options: { size: { type: 'string', default: '20000' }, rounds: { type: 'string', default: '3' }, seed: { type: 'string', default: '20221101' } } });

/** How the region tells of a bad record. */
const ways = ['none', 'receipts', 'whole-named', 'whole-silent'] as const;
type Way = (typeof ways)[number];

interface Figures {
  readonly seconds: number;
  /** Of the gateway's process alone. */
  readonly cpuSeconds: number;
  readonly requests: number;
  readonly refused: number;
}

const work = mkdtempSync(join(tmpdir(), 'qilian-refusals-'));
try {
  const county = join(work, 'county.db');
  await makeBenchCounty(county, { size: values.size, seed: Number(values.seed) });
  const guids = guidsAtRegion((await one('none', { county, folder: join(work, 'first'), bad: [] })).folder);
  const bad = guids.filter((_, at) => at % 100 === 50);
  say(`${guids.length} licences, ${bad.length} of them bad; ${values.rounds} rounds; node ${process.version}`);
  const found = new Map<Way, Figures[]>(ways.map((way) => [way, []]));
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    for (const way of round % 2 === 1 ? ways : ways.toReversed()) found.get(way)?.push((await one(way, { county, folder: join(work, `${way}-${round}`), bad })).figures);
  }
  const plain = median(found.get('none') ?? []);
  for (const way of ways) {
    const { seconds, cpuSeconds, requests, refused } = median(found.get(way) ?? []);
    say(`${way.padEnd(13)} ${seconds.toFixed(2).padStart(6)} s (${share(plain.seconds, seconds)} of the throughput)   CPU ${cpuSeconds.toFixed(2).padStart(6)} s (${share(plain.cpuSeconds, cpuSeconds)})   ${String(requests).padStart(5)} requests   ${refused} refused`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function one(way: Way, { county, folder, bad }: { readonly county: string; readonly folder: string; readonly bad: readonly string[] }): Promise<{ readonly figures: Figures; readonly folder: string }> {
  mkdirSync(folder, { recursive: true });
  copyFileSync(county, join(folder, 'county.db'));
  const region = await startRegion(join(folder, 'region'));
  try {
    await fallIll(region.url, way, bad);
    const env = { ...keys, QILIAN_DATA: folder, QILIAN_REGION_URL: region.url };
    const { usage } = await measure({ command: gatewayCommand('run', 'licences', '--json'), env, folder, good: [0] });
    const database = new DatabaseSync(join(folder, 'gateway.db'), { readOnly: true });
    const { requests, refused } = database.prepare(`select (select count(*) from attempt) as requests,
      (select count(*) from envelope where state = 'quarantined' and problems like '%REGION_REFUSED%') as refused`).get() as { requests: number; refused: number };
    database.close();
    return { figures: { seconds: usage.wallMs / 1_000, cpuSeconds: usage.cpuMs / 1_000, requests, refused }, folder };
  } finally {
    await region.end();
  }
}

/** The region refuses these; a batch for one of them at a time, as regions do that stop at the first. */
async function fallIll(url: string, way: Way, bad: readonly string[]): Promise<void> {
  if (way === 'none' || bad.length === 0) return;
  const ills = way === 'receipts'
    ? [{ kind: 'partial', rowGuids: bad }]
    : bad.map((rowGuid) => ({ kind: 'refuse-batch', rowGuid, ...(way === 'whole-named' ? { message: `[批次]记录 ${rowGuid} 校验未通过，整批退回` } : {}) }));
  for (const ill of ills) {
    const response = await fetch(new URL('/sim/illness', url), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(ill) });
    if (!response.ok) throw new Error(`the region does not fall ill: ${await response.text()}`);
  }
}

function guidsAtRegion(folder: string): readonly string[] {
  const database = new DatabaseSync(join(folder, 'gateway.db'), { readOnly: true });
  const rows = database.prepare('select rows from ledger order by record').all() as { rows: string }[];
  database.close();
  return rows.map(({ rows: text }) => text.split('\t')[1] ?? '');
}

function share(plain: number, ill: number): string {
  return `${(plain / ill * 100).toFixed(0).padStart(3)} %`;
}

function median(figures: readonly Figures[]): Figures {
  const sorted = figures.toSorted((a, b) => a.seconds - b.seconds);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
