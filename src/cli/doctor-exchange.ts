import type { Site } from '../config/site.ts';
import type { ExchangeTable } from '../port/region.ts';
import type { Entry } from '../record/batch.ts';
import { reasonOf, type Finding } from './finding.ts';
import type { Invocation } from './parts.ts';

/** Seconds by which its clock may differ before times written by either side mislead the other. */
const [skewWarned, skewBad] = [30, 300];

/** Everything that commonly goes wrong with an exchange database; nothing is written to it. */
export async function examineExchange({ parts }: Pick<Invocation, 'parts'>, site: Site): Promise<readonly Finding[]> {
  if (site.profile.transport !== 'frontdb') return [];
  const { host, port, database } = site.profile.database;
  const about = `${host}:${port}/${database}`;
  const region = parts.openRegion(site.profile);
  try {
    const found = await region.probe?.(samplesOf(site));
    if (found === undefined) return [];
    const seconds = Math.round((found.clockMs - parts.clock.wallMs()) / 1000);
    const off = Math.abs(seconds);
    return [
      { check: 'exchange', about, state: 'good', facts: { version: found.version } },
      { check: 'exchangeCharset', about, state: found.wide ? 'good' : 'bad', facts: {} },
      { check: 'exchangeClock', about, state: off >= skewBad ? 'bad' : off >= skewWarned ? 'warn' : 'good', facts: { seconds } },
      ...found.tables.map(tableFinding),
    ];
  } catch (cause) {
    return [{ check: 'exchange', about, state: 'bad', facts: { reason: reasonOf(cause) } }];
  } finally {
    await region.close();
  }
}

function tableFinding({ table, use, missing, refused }: ExchangeTable): Finding {
  const check = use === 'write' ? 'exchangeTable' : 'exchangeErrors';
  if (missing === null) return { check, about: table, state: 'bad', facts: {} };
  if (missing.length > 0) return { check: 'exchangeColumns', about: table, state: 'bad', facts: { columns: `${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ` … (${missing.length})` : ''}` } };
  return refused === null ? { check, about: table, state: 'good', facts: {} } : { check: 'exchangeRights', about: table, state: 'bad', facts: { reason: refused } };
}

/** An entry of each table with all the fields that mappings fill. */
function samplesOf(site: Site): readonly Entry[] {
  return site.datasets.flatMap((dataset) => dataset.records.map(({ table, fields }): Entry => ({
    table, rowGuid: '', operation: 'create', digest: '', body: JSON.stringify(Object.fromEntries(Object.keys(fields).map((field) => [field, '']))),
  })));
}
