/** `+08:00` is 480. */
export function zoneMinutes(zone: string): number {
  const parts = /^([+-])(\d{2}):(\d{2})$/.exec(zone);
  if (parts === null) throw new Error(`not a zone: ${zone}`);
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3]));
}
