import { type Luck, shuffled } from './luck.ts';
import { published, share } from './size.ts';

/** What the published figures decide about each item. */
export interface ItemPlan {
  readonly fullyOnline: boolean;
  readonly instant: boolean;
  readonly lawDays: number;
  readonly promiseDays: number;
  readonly atTerminal: boolean;
  readonly site: 'hall' | 'town' | 'village' | 'zone';
  readonly scansLicence: boolean;
}

const lawDays = [5, 7, 10, 15, 15, 20, 20, 20, 30, 30] as const;

/** One plan per item; the counts are exact, who gets what is luck. */
export function itemPlans(items: number, luck: Luck): readonly ItemPlan[] {
  const online = chosen(items, Math.round((items * published.fullyOnlinePercent) / 100), luck);
  const instant = chosen(items, Math.round((items * published.instantPercent) / 100), luck);
  const terminal = chosen(items, share(published.terminalItems, items), luck);
  const scans = chosen(items, share(published.scannedLicenceItems, items), luck);
  const sites = siteOf(items, luck);
  const law = Array.from({ length: items }, () => luck.pick(lawDays));
  const promises = promisedDays(law, instant);
  return law.map((days, n) => ({
    fullyOnline: online[n] as boolean,
    instant: instant[n] as boolean,
    lawDays: days,
    promiseDays: promises[n] as number,
    atTerminal: terminal[n] as boolean,
    site: sites[n] as ItemPlan['site'],
    scansLicence: scans[n] as boolean,
  }));
}

function chosen(items: number, count: number, luck: Luck): readonly boolean[] {
  const flags = Array.from({ length: items }, () => false);
  for (const n of shuffled(items, luck).slice(0, count)) flags[n] = true;
  return flags;
}

function siteOf(items: number, luck: Luck): readonly ItemPlan['site'][] {
  const sites = Array.from({ length: items }, (): ItemPlan['site'] => 'hall');
  const order = shuffled(items, luck);
  let from = 0;
  for (const [site, count] of [['town', published.townItems], ['village', published.villageItems], ['zone', published.zoneItems]] as const) {
    const until = from + share(count, items);
    for (const n of order.slice(from, until)) sites[n] = site;
    from = until;
  }
  return sites;
}

/** Instant items promise 0 days; the others share what is left, so that the sum is cut by the published part. */
function promisedDays(law: readonly number[], instant: readonly boolean[]): readonly number[] {
  const target = Math.round((law.reduce((sum, days) => sum + days, 0) * (100 - published.promisedCutPercent)) / 100);
  const slowLaw = law.reduce((sum, days, n) => sum + (instant[n] === true ? 0 : days), 0);
  const promises = law.map((days, n) => (instant[n] === true ? 0 : Math.max(1, Math.min(days, Math.floor((days * target) / slowLaw)))));
  let missing = target - promises.reduce((sum, days) => sum + days, 0);
  for (let n = 0, rounds = 0; missing > 0 && rounds < law.length * 30; n = (n + 1) % law.length, rounds += 1) {
    if (instant[n] === true || (promises[n] as number) >= (law[n] as number)) continue;
    promises[n] = (promises[n] as number) + 1;
    missing -= 1;
  }
  return promises;
}
