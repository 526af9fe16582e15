import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { openLog } from '../../adapters/log-winston/log.ts';
import { openDigests } from '../../adapters/store-sqlite/digests.ts';
import { openStore, openStoreForPages } from '../../adapters/store-sqlite/store.ts';
import { citizenIdOf, licenceIdOf } from '../../demo/county/check-digits.ts';
import type { Clock } from '../../src/port/clock.ts';
import type { Site } from '../../src/config/site.ts';
import type { Log } from '../../src/port/log.ts';
import type { Row } from '../../src/record/change.ts';
import { openGateway } from '../../src/schedule/gateway.ts';
import { RegionInMemory } from '../fakes/region-in-memory.ts';
import { seededLuck } from '../fakes/seeded-luck.ts';
import { sourceInMemory } from '../fakes/source-in-memory.ts';
import { root } from '../house/tree.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';
import { inVirtualTime } from '../fakes/virtual-time.ts';
import { shippedSite } from './hall.ts';

/** A person who does not exist, with what would give them away anywhere. */
export interface Canary {
  readonly key: string;
  readonly name: string;
  readonly number: string;
  readonly certificate: string;
  readonly phone: string;
  readonly address: string;
}

/** What the canaries left behind. */
export interface Left {
  readonly canaries: readonly Canary[];
  readonly storeFile: string;
  readonly logFile: string;
}

/** So many made-up people hold a licence each and have asked for something; some rows are spoiled, the region refuses some by name, loses answers and falls ill. */
export async function canariesThrough(count: number): Promise<Left> {
  const folder = temporaryFolder();
  const [storeFile, logFile] = [join(folder, 'gateway.db'), join(folder, 'gateway.log')];
  const canaries = Array.from({ length: count }, (_, at) => canary(at));
  const [site, log] = [await shippedSite(), openLog(logFile)];
  await inVirtualTime((clock) => live(clock, { canaries, storeFile, log, site }));
  await log.close();
  return { canaries, storeFile, logFile };
}

async function live(clock: Clock, { canaries, storeFile, log, site: shipped }: Pick<Left, 'canaries' | 'storeFile'> & { readonly log: Log; readonly site: Site }): Promise<void> {
  const site = { ...shipped, store: { ...shipped.store, file: storeFile } };
  const region = new RegionInMemory(clock);
  region.books.refuses = (record) => {
    const at = canaries.findIndex((one) => one.name === (record['certificate_holder'] ?? record['applyer_name']));
    const known = record['applyer_name'] === undefined ? canaries[at]?.certificate : canaries[at]?.phone;
    return at >= 0 && at % 7 === 0 ? `当事人 ${canaries[at]?.name}（${canaries[at]?.number}）与库中不符：${known}` : null;
  };
  const luck = seededLuck(7);
  region.ill = () => (luck() < 0.3 ? { kind: luck() < 0.5 ? 'lost-after' : 'lost-before' } : null);
  const tables = { ...casesOf(canaries), DZZZ_ZZXX: canaries.map(rowOf), DZZZ_ZZLX: [{ LXDM: 'ZZ0017', LXMC: '食品经营许可证', GBLXDM: '11100000MB0013004H017' }] };
  const gateway = await openGateway({
    site, store: openStore(storeFile, 'test'), clock, luck: seededLuck(1), log, openRegion: () => region, openSource: () => sourceInMemory(tables, clock),
    openSink: () => {
      throw new Error('nothing is written');
    },
    openDigests, openQuality: openStoreForPages,
  } as Parameters<typeof openGateway>[0]);
  for (const job of ['items', 'cases', 'cases', 'cases', 'licences', 'licences', 'licences']) await gateway.run(job, { signal: new AbortController().signal, patienceMs: 600_000, progress: () => undefined });
  await gateway.close();
}

function canary(at: number): Canary {
  const four = String(at).padStart(4, '0');
  return { key: `row-${four}`, name: `金丝雀${four}号`, number: citizenIdOf(`150626199${at % 10}0${(at % 9) + 1}1${(at % 9)}${String(at % 1000).padStart(3, '0')}`), certificate: `乌0017〔2023〕第${four}7351号`, phone: `1002${four}815`, address: `金丝雀巷${four}号院` };
}

/** Every fifth has a number that cannot be, every eleventh no name that fits, every thirteenth a kind of number nobody mapped. */
function rowOf({ key, name, number, certificate }: Canary, at: number): Row {
  return {
    ZZID: key, GXSJ: `2026-11-2${at % 3} 08:00:00`, ZZZT: '3', LXDM: 'ZZ0017', XZQH: '150626', CZZT: at % 11 === 0 ? `${name}\ufffd` : name,
    CZZTDM: at % 5 === 0 ? `${number.slice(0, -1)}${number.endsWith('1') ? '2' : '1'}` : number, CZZTDMLX: at % 13 === 0 ? '3' : '1', ZZMC: '食品经营许可证', ZZBH: certificate,
    ZZBS: licenceIdOf({ type: '11100000MB0013004H017', issuer: '11150626MB0A040435', serial: `1506260000000000${String(at).padStart(6, '0')}`, version: '001' }), BFRQ: '2023-03-08', BFJG: '乌审旗市场监督管理局', BFJGDM: '11150626MB0A040435',
  };
}

interface Example {
  readonly row: Row;
  readonly children: Readonly<Record<string, readonly Row[]>>;
  readonly lookups: Readonly<Record<string, Row>>;
}

const exampleOf = (name: string): Example => ({ children: {}, lookups: {}, ...parse(readFileSync(join(root, 'mappings/county/wushen/examples', `${name}.yaml`), 'utf8'), { schema: 'core' }) as object } as Example);

/** The hall's tables, made from the examples beside the mappings: one item, and a case of each person's; every fifth has a number that cannot be. */
function casesOf(canaries: readonly Canary[]): Readonly<Record<string, Row[]>> {
  const [item, ordinary] = [exampleOf('ordinary-item'), exampleOf('ordinary-case')];
  const organ = { ...item.lookups['organ'], ...ordinary.lookups['organ'], ORGANOID: item.row['ORGANOID'] } as Row;
  const cases = canaries.map(({ name, number, phone, address }, at): Row => ({
    ...ordinary.row, CASEOID: `case-${at}`, MODIFYDATE: `2026-11-1${at % 9} 07:18:22`, SERVICEOID: item.row['SERVICEOID'] ?? null, ORGANOID: item.row['ORGANOID'] ?? null,
    CASENUMBER: `${String(item.row['IMPLEMENTCODE'])}20261025${String(at + 1).padStart(4, '0')}`, APPLYUSERNAME: name, LINKMANNAME: name, PROJECTNAME: `关于${name}的${String(item.row['SERVICENAME'])}`,
    CREDENTIALNUMBER: at % 5 === 0 ? `${number.slice(0, -1)}${number.endsWith('1') ? '2' : '1'}` : number, LINKMANCREDENTIALNUMBER: number, APPLYUSERPHONE: phone, APPLYUSERADDRESS: address,
  }));
  const of = (rows: readonly Row[] | undefined, id: string): Row[] => canaries.flatMap(({ name }, at) => (rows ?? []).map((row, n) => ({
    ...row, CASEOID: `case-${at}`, [id]: `${id}-${at}-${n}`, ...('OPINION' in row ? { OPINION: `${name}的材料齐全` } : {}),
  })));
  return {
    SXSERVICE: [item.row], SYSORGAN: [organ], QLCASE: cases,
    QLCASEPROCESS: of(ordinary.children['steps'], 'PROCESSOID'), QLCASESPECIAL: of(ordinary.children['suspensions'], 'SPECIALOID'),
    QLCASEMATERIAL: of(ordinary.children['materials'], 'CASEMATERIALOID'), QLCASELINKRESULT: of(ordinary.children['results'], 'RESULTOID'),
  };
}
