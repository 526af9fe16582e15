import type { Book } from './book.ts';
import { type Seconds, dayStart, dayText, daySeconds } from './calendar.ts';
import { departments } from './departments.ts';
import { luckOf, shuffled } from './luck.ts';
import { regionCode, terminals } from './places.ts';
import { published } from './size.ts';

const opened = dayStart('2021-03-01');

/**
 * Writes the hall's list of self-service terminals: each with the department that put it up. Beside the published ones
 * stand two that are out of use, one of them the only one its department had.
 */
export function writeTerminals(book: Book, order: { readonly seed: number; readonly until: Seconds }): void {
  const luck = luckOf(order.seed, 'terminals');
  const chosen = shuffled(departments.length, luck).slice(0, published.terminalDepartments + 1);
  const [former, ...present] = chosen as [number, ...number[]];
  const days = Math.floor((order.until - opened) / daySeconds);
  const put = (code: string, department: number, inUse: boolean): void => {
    const organ = departments[department] as (typeof departments)[number];
    book.put('terminal', {
      TERMINALOID: luck.guid(), TERMINALCODE: code, TERMINALNAME: `${organ.name}自助终端`, ORGANOID: organ.oid, DISTRICTCODE: regionCode,
      USEFLAG: inUse ? '1' : '0', INSTALLDATE: dayText(opened + luck.int(days) * daySeconds),
    });
  };
  for (const [n, { code }] of terminals.entries()) put(code, n < present.length ? present[n] as number : luck.pick(present), true);
  put(`ZZJ${regionCode}901`, former, false);
  put(`ZZJ${regionCode}902`, luck.pick(present), false);
}
