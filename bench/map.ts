import { hash } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openSource } from '../adapters/county-sqlite/source.ts';
import { loadSite } from '../src/config/load-site.ts';
import { compileContract } from '../src/contract/contract.ts';
import { examiner } from '../src/intake/examine.ts';
import { compileMapping } from '../src/mapping/mapping.ts';
import type { Mapped } from '../src/record/envelope.ts';
import type { Change, PresentChange } from '../src/record/change.ts';
import { handCase } from './hand-case.ts';
import { columns, licence, type Types } from './floor-record.ts';
import { keys } from './region-process.ts';

/** One side of the comparison: makes of every change a record ready to travel, or a refusal; gives how many are ready. */
type Side = () => number;

/** Records per second of both sides, in the median of the rounds. */
export interface MapFigures {
  readonly dataset: string;
  readonly changes: number;
  /** Records made for the region in one round: a case has several. */
  readonly gateway: number;
  readonly byHand: number;
  /** The gateway's speed as a part of the hand-written one. */
  readonly ratio: number;
}

const rowsHeld = 20_000;

/** Map + check + fingerprint of licences and cases in one process: the gateway against the same by hand, alternately. */
export async function mapFigures(county: string, rounds: number): Promise<readonly MapFigures[]> {
  const { examine, changes, lookups } = await prepared(county);
  mustAgree(changes.cases, (change) => [examine.cases(change), handCase(change)?.fingerprint]);
  mustAgree(changes.licences, (change) => [examine.licences(change), licenceByHand(change, lookups)]);
  return [
    figures('licences', { rounds, changes: changes.licences.length, gateway: gatewaySide(examine.licences, changes.licences), byHand: licencesByHand(changes.licences, lookups) }),
    figures('cases', { rounds, changes: changes.cases.length, gateway: gatewaySide(examine.cases, changes.cases), byHand: casesByHand(changes.cases) }),
  ];
}

type Name = 'licences' | 'cases';
type Both<T> = Readonly<Record<Name, T>>;

async function prepared(county: string): Promise<{ readonly examine: Both<ReturnType<typeof examiner>>; readonly changes: Both<readonly PresentChange[]>; readonly lookups: Types }> {
  const folder = dirname(county);
  if (county !== join(folder, 'county.db')) copyFileSync(county, join(folder, 'county.db'));
  const loaded = await loadSite({ dir: join(import.meta.dirname, '..'), env: { ...process.env, ...keys, QILIAN_DATA: folder, QILIAN_REGION_URL: 'http://127.0.0.1' } });
  if (!('site' in loaded)) throw new Error('the shipped site has mistakes');
  const contract = compileContract(loaded.site.contract);
  const source = openSource(join(folder, 'county.db'), { wallMs: () => Date.now(), steadyMs: () => performance.now(), rest: async () => undefined });
  const of = async (name: Name): Promise<{ examine: ReturnType<typeof examiner>; changes: readonly PresentChange[] }> => {
    const dataset = loaded.site.datasets.find((one) => one.dataset === name);
    if (dataset === undefined) throw new Error(`the shipped site has no ${name}`);
    const mapping = compileMapping(dataset, contract);
    const page = await source.sweep(mapping.selection, null, rowsHeld);
    const examine = examiner(mapping, contract);
    return { examine, changes: page.changes.filter(isPresent).filter((change) => examine(change).state !== 'gone') };
  };
  const [licences, cases] = [await of('licences'), await of('cases')];
  await source.close();
  const lookups: Types = new Map(licences.changes.flatMap(({ lookups: { type } }) => (type === undefined ? [] : [[String(type['LXDM']), [String(type['LXMC']), String(type['GBLXDM'])]] as const])));
  return { examine: { licences: licences.examine, cases: cases.examine }, changes: { licences: licences.changes, cases: cases.changes }, lookups };
}

function isPresent(change: Change): change is PresentChange {
  return change.state === 'present';
}

function gatewaySide(examine: ReturnType<typeof examiner>, changes: readonly Change[]): Side {
  return () => changes.reduce((sum, change) => {
    const made = examine(change);
    return sum + (made.state === 'good' ? made.records.length : 0);
  }, 0);
}

/** What is not the same is no comparison: both sides must refuse the same rows, and make the same bytes of the others. */
function mustAgree(changes: readonly PresentChange[], both: (change: PresentChange) => readonly [Mapped, string | undefined]): void {
  const other = changes.filter((change) => {
    const [gateway, byHand] = both(change);
    return (gateway.state === 'good' ? gateway.fingerprint : undefined) !== byHand;
  });
  if (other.length > 0) throw new Error(`the hand-written mapping makes something else of ${other.length} of ${changes.length} rows, first ${other[0]?.key}`);
}

const names = columns.split(', ');

function licenceByHand({ row }: PresentChange, types: Types): string | undefined {
  const made = licence(names.map((name) => row[name]), types, { today: '20981231', seen: new Set() });
  return 'body' in made ? hash('sm3', made.body, 'base64url') : undefined;
}

/** The floor's licence, which takes a row as a list of cells, and its digest. */
function licencesByHand(changes: readonly PresentChange[], types: Types): Side {
  const rows = changes.map(({ row }) => names.map((name) => row[name]));
  return () => {
    const about = { today: '20981231', seen: new Set<string>() };
    let good = 0;
    for (const row of rows) {
      const made = licence(row, types, about);
      if ('body' in made && hash('sm3', made.body, 'base64url') !== '') good += 1;
    }
    return good;
  };
}

function casesByHand(changes: readonly PresentChange[]): Side {
  return () => changes.reduce((sum, change) => sum + (handCase(change)?.bodies.length ?? 0), 0);
}

function figures(dataset: string, sides: { readonly rounds: number; readonly changes: number; readonly gateway: Side; readonly byHand: Side }): MapFigures {
  const speeds: { readonly gateway: number[]; readonly byHand: number[] } = { gateway: [], byHand: [] };
  for (let round = -2; round < sides.rounds; round += 1) {
    const [hand, gateway] = round % 2 === 0 ? [speedOf(sides.byHand), speedOf(sides.gateway)] : [speedOf(sides.gateway), speedOf(sides.byHand)].toReversed() as [number, number];
    if (round < 0) continue;
    speeds.gateway.push(gateway);
    speeds.byHand.push(hand);
  }
  const [gateway, byHand] = [median(speeds.gateway), median(speeds.byHand)];
  return { dataset, changes: sides.changes, gateway, byHand, ratio: gateway / byHand };
}

function speedOf(side: Side): number {
  const began = performance.now();
  const made = side();
  return made / (performance.now() - began) * 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
