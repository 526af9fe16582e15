import { randomUUID } from 'node:crypto';
import { startSimulator } from '../../../simulator/simulator.ts';
import { openRegion } from '../../../adapters/region-http/client.ts';
import type { Entry } from '../../../src/record/batch.ts';
import { regionSuite } from '../../contract-suites/region.ts';
import { RegionInMemory } from '../../fakes/region-in-memory.ts';
import { seededLuck } from '../../fakes/seeded-luck.ts';
import { shippedProfile } from '../../fakes/shipped-profile.ts';
import { stillClock } from '../../fakes/still-clock.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';
import { clean, profileDir } from '../../simulator/rehearsal.ts';

const table = 'up_lic_data';

/** Made-up records with every field that must be filled. */
const entries = ['1', '2', '3'].map((guid): Entry => {
  const { cd_operation: _operation, cd_time: _time, cd_batch: _batch, data_source: _source, ...business } = clean(table, 'B', { row_guid: guid });
  return { table, rowGuid: guid, operation: 'create', body: JSON.stringify(business), digest: '' };
});

describe('the region played by the simulator, over HTTP', () => {
  regionSuite(async () => {
    const clock = stillClock();
    const simulator = await startSimulator({ port: 0, dataDir: temporaryFolder(), profileDir, appKey: 'demo-key', appSecret: 'demo-secret', clock, luck: seededLuck(1) });
    const region = openRegion(shippedProfile(simulator.url), { clock, nonce: randomUUID });
    return { region, table, entries, close: async () => { await region.close(); await simulator.close(); } };
  });
});

describe('the region in memory', () => {
  regionSuite(async () => ({ region: new RegionInMemory(stillClock()), table, entries, close: async () => undefined }));
});
