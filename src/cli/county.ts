import type { Site } from '../config/site.ts';
import type { Source } from '../port/source.ts';
import { Failure } from '../record/failure.ts';
import type { Invocation } from './parts.ts';

/** Opens one of the site's sources for looking; a Failure `SOURCE_AWAY` when it cannot be opened. */
export function openCounty({ parts }: Invocation, site: Site, name: string): Source {
  const setting = site.sources[name];
  if (setting === undefined) throw new Failure('SOURCE_UNKNOWN', { source: name });
  try {
    return parts.openSource(setting);
  } catch (cause) {
    throw new Failure('SOURCE_AWAY', { source: name, reason: cause instanceof Error && 'code' in cause ? String(cause.code) : 'UNKNOWN' }, cause);
  }
}
