/** Wall time as the region writes it, `yyyy-MM-dd HH:mm:ss`, at a fixed offset such as `+08:00`. */
export function localMoment(wallMs: number, zone: string): string {
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  const offset = (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  return new Date(wallMs + offset).toISOString().slice(0, 19).replace('T', ' ');
}
