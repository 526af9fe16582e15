import { stamp, writtenDay } from './calendar.ts';
import type { CountyItem } from './item-encode.ts';
import { fullWidth, longText, ideographicSpace } from './soil.ts';

/** What soiling an item needs beside the item: an earlier clean one, to be repeated. */
export interface ItemSoil {
  readonly county: CountyItem;
  readonly created: number;
  readonly twin: { readonly handleItem: string };
  /** A second later than any clean item was changed. */
  readonly late: number;
}

/** How each kind of dirt looks in the hall's item tables; the region's rows are not touched. */
export const soilItem: Readonly<Record<string, (soil: ItemSoil) => void>> = {
  'item-law-too-long': ({ county }) => { county.item['SETBASIS'] = longText('依据有关法律法规和规范性文件的规定办理；', 300); },
  'item-name-blank': ({ county }) => { county.item['SERVICENAME'] = '  \u3000'; },
  'item-code-short': ({ county }) => { county.item['IMPLEMENTCODE'] = String(county.item['IMPLEMENTCODE']).slice(0, 30); },
  'item-days-in-words': ({ county }) => { county.item['PROMISEDAY'] = '三天'; },
  'item-days-negative': ({ county }) => { county.item['PROMISEDAY'] = -3; },
  'item-type-unmapped': ({ county }) => { county.item['SERVICETYPEOID'] = 'ZY'; },
  'item-scope-unknown': ({ county }) => { county.item['HANDLESCOPE'] = '7'; },
  'item-law-null-word': ({ county }) => { county.item['SETBASIS'] = 'NULL'; },
  'item-date-unreal': ({ county }) => { county.item['EFFECTIVEDATE'] = '2026-02-30'; },
  'item-handle-item-twice': ({ county, twin, late }) => {
    county.item['STATENO'] = twin.handleItem;
    county.item['MODIFYDATE'] = stamp(late);
  },
  'item-material-need-unmapped': ({ county }) => { (county.materials[0] as Record<string, string>)['MUSTFLAG'] = '3'; },
  'item-garbled': ({ county }) => { county.item['HANDLEFLOW'] = '申请—受理—\uFFFD\uFFFD—办结'; },
  'item-name-spaces': ({ county }) => { county.item['SERVICENAME'] = `${ideographicSpace}${county.item['SERVICENAME']}${ideographicSpace} `; },
  'item-code-full-width': ({ county }) => { county.item['IMPLEMENTCODE'] = fullWidth(String(county.item['IMPLEMENTCODE'])); },
  'item-date-written': ({ county, created }) => { county.item['EFFECTIVEDATE'] = writtenDay(created); },
};
