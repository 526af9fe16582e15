import type { CompareProfile } from '../port/compare-profile.ts';
import type { DigestSetting } from '../port/digests.ts';

/** Where a region makes no digests of several rows, ours are made as the reference region does, and only ever compared with ours. */
const usualLine = '{rowGuid}:{digest}\n';

/** How our digests must be made to be held against the region's. */
export function digestSettingOf(profile: CompareProfile): DigestSetting {
  switch (profile.mode) {
    case 'digests': return { line: profile.line, form: profile.digest, by: {} };
    case 'days': case 'counts': return { line: profile.line ?? usualLine, form: profile.digest ?? 'hex', by: profile.by };
    case 'keys': case 'receipts': return { line: usualLine, form: 'hex', by: {} };
  }
}
