/** How big a made-up county is. */
export type Size = 'small' | 'banner' | number;

/** Published items, cases of this year and published licences, dirty ones included. */
export interface Scale {
  readonly items: number;
  readonly cases: number;
  readonly licences: number;
}

/** The banner's own published figures (November 2022); counts at other sizes keep their proportions. */
export const published = {
  items: 1867,
  cases: 32000,
  licences: 233000,
  licenceTypes: 75,
  fullyOnlinePercent: 88,
  instantPercent: 81,
  promisedCutPercent: 84,
  terminalDepartments: 9,
  terminalItems: 263,
  townItems: 86,
  villageItems: 38,
  zoneItems: 25,
  scannedLicenceItems: 185,
} as const;

/** The counts of a size; the smallest county still has room for every kind of dirt. */
export function scaleOf(size: Size): Scale {
  if (size === 'banner') return { items: published.items, cases: published.cases, licences: published.licences };
  if (size === 'small') return { items: 190, cases: 600, licences: 3000 };
  if (!Number.isSafeInteger(size) || size < 1) throw new Error(`县域规模应为 small、banner 或正整数，收到 ${String(size)}`);
  const part = size / published.licences;
  return {
    items: Math.max(60, Math.round(published.items * part)),
    cases: Math.max(120, Math.round(published.cases * part)),
    licences: Math.max(120, size),
  };
}

/** A published count of items, in proportion to the items of this size. */
export function share(count: number, items: number): number {
  return Math.round((count * items) / published.items);
}
