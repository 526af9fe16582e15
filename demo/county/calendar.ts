/** The county's wall clock as seconds since 1970-01-01 00:00:00 on that clock; no time zone is involved. */
export type Seconds = number;

export const daySeconds = 86400;

const dayTexts = new Map<number, string>();
const two: readonly string[] = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));

/** Reads `yyyy-MM-dd` as the first second of that day. */
export function dayStart(text: string): Seconds {
  const [year, month, day] = text.split('-').map(Number) as [number, number, number];
  return Date.UTC(year, month - 1, day) / 1000;
}

/** `yyyy-MM-dd` */
export function dayText(at: Seconds): string {
  const day = Math.floor(at / daySeconds);
  let text = dayTexts.get(day);
  if (text === undefined) {
    text = new Date(day * daySeconds * 1000).toISOString().slice(0, 10);
    dayTexts.set(day, text);
  }
  return text;
}

/** `yyyy-MM-dd HH:mm:ss` */
export function stamp(at: Seconds): string {
  const rest = at - Math.floor(at / daySeconds) * daySeconds;
  const hour = Math.floor(rest / 3600), minute = Math.floor(rest / 60) % 60, second = rest % 60;
  return `${dayText(at)} ${two[hour]}:${two[minute]}:${two[second]}`;
}

/** `yyyyMMdd` */
export function compactDay(at: Seconds): string {
  const text = dayText(at);
  return text.slice(0, 4) + text.slice(5, 7) + text.slice(8, 10);
}

/** `yyyy年M月d日`, as it stands on paper and in hand-typed columns. */
export function writtenDay(at: Seconds): string {
  const text = dayText(at);
  return `${text.slice(0, 4)}年${Number(text.slice(5, 7))}月${Number(text.slice(8, 10))}日`;
}

/** Saturday and Sunday; public holidays are not modelled. */
export function weekend(at: Seconds): boolean {
  const weekday = (Math.floor(at / daySeconds) + 4) % 7;
  return weekday === 0 || weekday === 6;
}

/** So many working days later, at the same time of day. */
export function workDaysLater(at: Seconds, days: number): Seconds {
  let later = at;
  for (let left = days; left > 0; ) {
    later += daySeconds;
    if (!weekend(later)) left -= 1;
  }
  return later;
}
