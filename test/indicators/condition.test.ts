import { expect } from 'chai';
import { meets } from '../../src/indicators/condition.ts';
import { tallyOf } from '../../src/indicators/tally.ts';
import type { Condition } from '../../src/mapping/indicator.ts';

const field = { table: 'up_pro_accept', field: 'accept_date' };
const days = { table: 'up_task_general_basic', field: 'anticipate_day' };
const promised = { table: 'up_task_general_basic', field: 'promise_day' };
const hours = { weekdays: [1, 2, 3, 4, 5], hours: ['08:30-12:00', '14:30-17:30'] };
const times = { year: '2026', calendar: { years: ['2026'], off: ['2026-10-01'], work: ['2026-10-10'] } };
const holds = (condition: Omit<Condition, 'fields'>, ...values: (string | number)[]): boolean => meets({ fields: [field], ...condition }, () => values, times);

describe('a condition of an indicator', () => {
  it('tells lunch breaks, evenings and Saturdays from working hours, and does not guess where there is no time', () => {
    expect(holds({ outsideHours: hours }, '2026-11-23 09:00:00'), 'a Monday morning').to.equal(false);
    expect(holds({ outsideHours: hours }, '2026-11-23 12:00:00'), 'lunch').to.equal(true);
    expect(holds({ outsideHours: hours }, '2026-11-23 17:30:00'), 'evening').to.equal(true);
    expect(holds({ outsideHours: hours }, '2026-11-28 09:00:00'), 'a Saturday').to.equal(true);
    expect(holds({ outsideHours: hours }, '2026-11-29 09:00:00'), 'a Sunday').to.equal(true);
    expect(holds({ outsideHours: hours }, '2026-11-28'), 'no time').to.equal(false);
    expect(holds({ outsideHours: hours }, '2026-10-01 09:00:00'), 'a holiday on a Thursday').to.equal(true);
    expect(holds({ outsideHours: hours }, '2026-10-10 09:00:00'), 'a Saturday made up for').to.equal(false);
  });
  it('holds when one of several values passes; “not” only when none of them is named and there is one', () => {
    expect(holds({ is: ['1'] }, '0', '1')).to.equal(true);
    expect(holds({ not: ['1'] }, '0', '1')).to.equal(false);
    expect(holds({ not: ['1'] }, '0')).to.equal(true);
    expect(holds({ not: ['1'] })).to.equal(false);
    expect(holds({ contains: '扫码亮证' }, '可扫码亮证，免交纸质')).to.equal(true);
    expect(holds({ thisYear: true }, '2025-12-31 23:59:59')).to.equal(false);
    expect(holds({ take: { from: 3, to: 3 }, is: ['5'] }, '125')).to.equal(true);
  });
});

describe('a cut of promised time', () => {
  const cut = (...rows: (readonly [unknown, unknown])[]): number | null => {
    const tally = tallyOf({ kind: 'cut', dataset: 'items', from: [days], to: [promised] }, times);
    for (const [from, to] of rows) tally.note((one) => ((one === days ? [from] : [to]) as number[]));
    return tally.end();
  };
  it('is worked out over items that have both times as numbers, and over no others', () => {
    expect(cut([20, 5], [10, 0])).to.be.closeTo(1 - 5 / 30, 1e-9);
    expect(cut([20, 5], [10, -1], [10, 'unknown'])).to.be.closeTo(0.75, 1e-9);
  });
  it('is nothing where there is nothing to measure, and not nought', () => {
    expect(cut()).to.equal(null);
  });
});
