import type { RecordWalk } from '../../api/calls.ts';

/** Points of a walk whose content can be looked at: the versions, the newest first, and 0 for what the region has. */
export function pointsOf(versions: RecordWalk['versions'], atRegion: boolean): readonly number[] {
  const kept = versions.filter((one) => one.operation === 'put').map((one) => one.version).toSorted((a, b) => b - a);
  return atRegion ? [...kept, 0] : kept;
}
