import { block, may, must } from './read-block.ts';
import { named, oneOf, text, type Reader } from './read.ts';

const sqlite = block({ engine: must(oneOf('sqlite')), file: must(text) });

/** How one of the county's databases is reached. */
export const sourceSetting = sqlite;

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
  sources: must(named(() => sourceSetting)),
});
