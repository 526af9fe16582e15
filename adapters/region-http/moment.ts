/** Minutes east of Greenwich of the region's local time; China has one zone. */
const zoneMinutes = 480;

/** A moment as `seconds`, `milliseconds` or `fraction` since 1970, or by a pattern of yyyy MM dd HH mm ss SSS in the region's local time. */
export function timeText(how: string, wallMs: number): string {
  if (how === 'seconds') return String(Math.floor(wallMs / 1000));
  if (how === 'milliseconds') return String(Math.floor(wallMs));
  if (how === 'fraction') return (wallMs / 1000).toFixed(3);
  const local = new Date(wallMs + zoneMinutes * 60_000).toISOString();
  const parts: Readonly<Record<string, string>> = {
    yyyy: local.slice(0, 4), MM: local.slice(5, 7), dd: local.slice(8, 10),
    HH: local.slice(11, 13), mm: local.slice(14, 16), ss: local.slice(17, 19), SSS: local.slice(20, 23),
  };
  return how.replaceAll(/yyyy|MM|dd|HH|mm|SSS|ss/g, (letters) => parts[letters] ?? letters);
}
