import { plain } from './answer.ts';
import type { Answer } from './answer.ts';
import { duplicates, effectsAfter } from './effects.ts';
import { issue, refuseLater, resources } from './feed.ts';
import { readIllness } from './illness.ts';
import { objectIn } from './region.ts';
import type { Call, Region } from './region.ts';

/** `/sim/…`: the rehearsal's own interface. No signature; the listener lets only this machine in. */
export function control(region: Region, call: Call): Answer {
  switch (`${call.method} ${call.path}`) {
    case 'POST /sim/illness': {
      const illness = readIllness(objectIn(call.body));
      if (typeof illness === 'string') return plain({ error: illness }, 400);
      region.ward.add(illness);
      return plain(illness, 201);
    }
    case 'DELETE /sim/illness':
      region.ward.clear();
      return plain({ illnesses: [] });
    case 'GET /sim/state':
      return plain(state(region));
    case 'GET /sim/effects':
      return plain(effectsAfter(region.store, Number(call.query.get('after') ?? 0), Math.min(10_000, Number(call.query.get('limit') ?? 1000))));
    case 'GET /sim/duplicates':
      return plain(duplicates(region.store));
    case 'GET /sim/row':
      return row(region, call);
    case 'POST /sim/refuse':
      return refuse(region, call);
    case 'POST /sim/issue':
      return issued(region, call);
    default:
      return plain({ error: 'no such control' }, 404);
  }
}

function state(region: Region): unknown {
  const tables = [...region.store.tallies].filter(([, tally]) => tally.rows > 0).map(([name, { rows, live }]) => [name, { rows, live }]);
  const acknowledged = region.store.database.prepare('select resource, cursor from acknowledged').all();
  return {
    ...region.counts,
    tables: Object.fromEntries(tables),
    inFlight: [...region.inFlight],
    acknowledged: Object.fromEntries(acknowledged.map((line) => [line['resource'], line['cursor']])),
    illnesses: region.ward.list(),
  };
}

/** What the region holds under one row_guid, every copy of it. */
function row(region: Region, call: Call): Answer {
  const table = call.query.get('table') ?? '';
  if (!region.tables.has(table)) return plain({ error: 'table must name a table of the region' }, 400);
  const copies = (alive: 0 | 1): string => `select r.id, r.body, r.state, b.no from row r join batch b on b.id = r.batch where r.tbl = ? and r.guid = ? and r.state = ${alive}`;
  const key = [region.store.tableId(table), call.query.get('rowGuid') ?? ''] as const;
  const rows = region.store.database.prepare(`${copies(0)} union all ${copies(1)} order by 1`).all(...key, ...key);
  return plain(rows.map((copy) => ({ live: copy['state'] === 1, batchNo: copy['no'], record: JSON.parse(String(copy['body'])) as unknown })));
}

function refuse(region: Region, call: Call): Answer {
  const { rowGuid, message } = objectIn(call.body);
  if (typeof rowGuid !== 'string' || typeof message !== 'string') return plain({ error: 'rowGuid and message are needed' }, 400);
  return refuseLater(region, rowGuid, message) ? plain({ refused: 1 }, 201) : plain({ error: 'the region has no such record' }, 404);
}

function issued(region: Region, call: Call): Answer {
  const { resource, records } = objectIn(call.body);
  if (typeof resource !== 'string' || !resources.includes(resource) || !Array.isArray(records)) {
    return plain({ error: `resource (${resources.join(', ')}) and records are needed` }, 400);
  }
  return plain({ issued: issue(region, resource, records) }, 201);
}
