import { cron } from './cron.ts';
import { block, may, must } from './read-block.ts';
import { named, oneOf, text, whole, type Reader } from './read.ts';
import { sinkSetting } from './sink-setting.ts';
import { sourceSetting, sqlite } from './source-setting.ts';

const regionCode: Reader<string> = (spot) => {
  const code = text(spot);
  return code === undefined || /^\d{6}$/.test(code) ? code : spot.mistake('REGION_CODE_WRONG', { code });
};

/** The name of a folder of the site, which becomes part of a path. */
export const folder: Reader<string> = (spot) => {
  const name = text(spot);
  return name === undefined || /^[\w-]+$/.test(name) ? name : spot.mistake('NAME_WRONG', { name: name.slice(0, 40) });
};

/** `gateway.yaml`: which county, which region profile, which databases. */
export const gatewayFile = block({
  site: must(text),
  regionCode: must(regionCode),
  zone: must(oneOf('+08:00')),
  store: must(sqlite),
  /** `folder`: where the profile's files are, from the site's directory, when several sites share one; else `mappings/region/<profile>`. */
  region: must(block({ profile: must(folder), folder: may(text) })),
  county: must(folder),
  /** File with holidays and the days on which they are made up for; windows on workdays or days off need one. */
  calendar: may(text),
  sources: must(named(() => sourceSetting)),
  sinks: may(named(() => sinkSetting)),
  /** Within how many days of being set aside a record is to be mended; nobody has published such a time, so without it there is none. */
  mending: may(block({ withinDays: must(whole(1, 3_650)) })),
  /** How long bodies stay after their version has been settled, how long the evidence stays (never under three years), and when that is looked after. */
  retention: may(block({ bodyDays: may(whole(1, 3_650)), evidenceYears: may(whole(3, 100)), cron: may(cron) })),
});
