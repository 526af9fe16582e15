import { openSource } from '../../adapters/county-sqlite/source.ts';
import { openRegion } from '../../adapters/region-http/client.ts';
import { openStore, openStoreToLook } from '../../adapters/store-sqlite/store.ts';
import { join } from 'node:path';
import { shippedProfile } from '../fakes/shipped-profile.ts';
import { stillClock } from '../fakes/still-clock.ts';
import { temporaryFolder } from '../fakes/temporary-folder.ts';

const single = 'one statement by a person or a failed check, whole or not at all';
const committed = 'one transaction; sqlite.commit stands within it';

const pulling = 'a crash before and after every call of a pull is played in test/inbound/pull.test.ts';

/** Calls that write and that no rehearsal reaches, each with why a kill there can lose nothing that another point does not show. */
export const unreached: Readonly<Record<string, string>> = {
  'store.rest': single, 'store.resume': single, 'store.sayGate': single, 'store.lapse': single, 'store.keepGate': single,
  'store.correct': committed, 'store.refuseLate': committed, 'store.repair': committed, 'store.finish': 'the same transaction as settle, for what needs no sending',
  'store.keepComparison': single, 'store.decide': single, 'store.noteMissed': single, 'store.keepBulletin': single, 'store.renewLease': 'one statement of the service, every few seconds',
  ...Object.fromEntries(['epoch', 'knows', 'receive', 'received', 'agreed', 'conclude', 'noteAcknowledged'].map((call) => [`store.${call}`, pulling])),
};

/** Of the store what can be asked where nothing can be written; of county and region what is only looked at. */
export async function looking(): Promise<ReadonlySet<string>> {
  const file = join(temporaryFolder(), 'gateway.db');
  await openStore(file, 'points').close();
  const store = openStoreToLook(file);
  const names = Object.keys(store).filter((name) => name !== 'close').map((name) => `store.${name}`);
  await store.close();
  return new Set([...names, 'source.sample', 'source.probe', 'source.behind', 'region.skewMs', 'store.stalled', 'store.closedMonths', 'store.bulletin', 'store.firstRunAt']);
}

/** Every call of the store, the county and the region, as the real ones have them now: a new one is a new point. */
export async function allPoints(): Promise<readonly string[]> {
  const clock = stillClock();
  const file = join(temporaryFolder(), 'gateway.db');
  const store = openStore(file, 'points');
  const source = openSource(file, clock);
  const region = openRegion(shippedProfile(), { clock, nonce: () => 'n' });
  const names = (port: string, calls: object): string[] => Object.entries(calls).filter(([, work]) => typeof work === 'function').map(([name]) => `${port}.${name}`);
  const points = [...names('store', store), ...names('source', source), ...names('region', region), 'sqlite.commit'];
  await store.close();
  await source.close();
  await region.close();
  return points;
}
