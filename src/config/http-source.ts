import type { HttpPaging, HttpSetting } from '../port/source-setting.ts';
import { plainName } from './identifier.ts';
import { block, may, must } from './read-block.ts';
import { anyText, list, located, named, oneOf, text, whole, type Reader } from './read.ts';
import { tls, zone } from './server-keys.ts';

const address: Reader<string> = (spot) => {
  const url = text(spot);
  const known = url !== undefined && URL.canParse(url) ? new URL(url) : null;
  const usable = known !== null && /^https?:$/.test(known.protocol) && known.username === '' && known.search === '';
  return url === undefined || usable ? url : spot.mistake('URL_WRONG');
};

const pagingKeys = block({
  by: must(located(oneOf('none', 'page', 'cursor', 'link'))),
  page: may(text), first: may(whole(0, 1)), cursor: may(text), next: may(text), size: may(text), rows: may(whole(1, 10_000)),
});

/** Which parameters carry the page, and where the answer says that there is another. */
const paging: Reader<HttpPaging> = (spot) => {
  const found = pagingKeys(spot);
  if (found === undefined) return undefined;
  const { by, page, first = 1, cursor, next, size, rows = 100 } = found;
  const sized = { rows, ...(size === undefined ? {} : { size }) };
  switch (by.value) {
    case 'none': return { by: 'none' };
    case 'page': return page === undefined ? spot.mistake('KEY_MISSING', { key: 'page' }) : { by: 'page', page, first, ...sized };
    case 'cursor': return cursor === undefined || next === undefined ? spot.mistake('KEY_MISSING', { key: cursor === undefined ? 'cursor' : 'next' }) : { by: 'cursor', cursor, next, ...sized };
    case 'link': return next === undefined ? spot.mistake('KEY_MISSING', { key: 'next' }) : { by: 'link', next };
  }
};

const httpBlock = block({
  engine: must(oneOf('http')),
  url: must(address),
  headers: may(named(() => text)),
  timeoutSeconds: may(whole(1, 600)),
  mostMiB: may(whole(1, 512)),
  zone: may(zone),
  tls: may(tls),
  verdict: may(block({ code: must(text), ok: must(list(text)) })),
  tables: must(named((name, key) => {
    if (!plainName.test(name)) key.mistake('NAME_WRONG', { name: name.slice(0, 40) });
    return block({
      path: must(text), query: may(named(() => text)), records: must(anyText), columns: may(named(() => text)), paging: must(paging),
      total: may(text), since: may(text), one: may(text),
    });
  })),
});

/** `engine: http`. */
export const http: Reader<HttpSetting> = (spot) => {
  const found = httpBlock(spot);
  if (found === undefined) return undefined;
  const tables = Object.entries(found.tables).map(([name, table]) => [name, { query: {}, columns: {}, ...table }] as const);
  return { headers: {}, timeoutSeconds: 30, mostMiB: 32, zone: '+08:00', ...found, tables: Object.fromEntries(tables) };
};
