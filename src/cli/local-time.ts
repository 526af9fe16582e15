/** `2026-11-20 09:30:00` in the site's zone. */
export function localTime(ms: number | null, zoneMinutes: number): string {
  return ms === null ? '—' : new Date(ms + zoneMinutes * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}
