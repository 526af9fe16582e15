import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { calendarFile } from '../../src/config/calendar-file.ts';
import { openSheet } from '../../src/config/spot.ts';
import type { WorkCalendar, WorkWindow } from '../../src/record/work-window.ts';
import { calendarEnded, closesInMs, opensInMs, type WorkTime } from '../../src/schedule/work-time.ts';
import { root } from '../house/tree.ts';

const hour = 60;
const night: WorkWindow = { days: 'every', from: 20 * hour, to: 7 * hour };
const office: WorkWindow = { days: 'workdays', from: 8 * hour, to: 18 * hour };
const quiet: WorkWindow = { days: 'days-off', from: 0, to: 24 * hour };

/** Local time of the site. */
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const minutes = (ms: number | null): number | null => (ms === null ? null : ms / 60_000);

function shipped(): WorkCalendar {
  const spot = openSheet(readFileSync(join(root, 'calendar.yaml'), 'utf8'), { file: 'calendar.yaml', mistakes: [] });
  const calendar = spot === undefined ? undefined : calendarFile(spot);
  if (calendar === undefined) throw new Error('the shipped calendar cannot be read');
  return calendar;
}

const time = (...windows: WorkWindow[]): WorkTime => ({ windows, calendar: shipped(), zoneMinutes: 480 });
const open = (windows: WorkTime, text: string): boolean => opensInMs(windows, at(text)) === 0;

describe('working hours', () => {
  it('at night are open past midnight, and shut from seven to eight in the evening', () => {
    expect(['2026-11-23 19:59', '2026-11-23 20:00', '2026-11-24 03:00', '2026-11-24 06:59', '2026-11-24 07:00'].map((text) => open(time(night), text)))
      .to.deep.equal([false, true, true, true, false]);
    expect(minutes(opensInMs(time(night), at('2026-11-23 15:00')))).to.equal(5 * hour);
    expect(minutes(closesInMs(time(night), at('2026-11-23 23:00')))).to.equal(8 * hour);
  });
  it('on workdays go by the calendar: not on a holiday, but on the Saturday that makes up for it', () => {
    expect(['2026-10-01 10:00', '2026-10-10 10:00', '2026-10-11 10:00', '2026-10-12 10:00', '2026-09-20 10:00'].map((text) => open(time(office), text)))
      .to.deep.equal([false, true, false, true, true]);
  });
  it('before the spring festival open again after all nine days of it', () => {
    expect(minutes(opensInMs(time(office), at('2026-02-14 18:00')))).to.equal((9 * 24 + 14) * hour);
  });
  it('on days off hold for weekends and holidays, and not for a weekend that is worked', () => {
    expect(['2026-11-22 12:00', '2026-11-23 12:00', '2026-02-16 12:00', '2026-02-28 12:00'].map((text) => open(time(quiet), text)))
      .to.deep.equal([true, false, true, false]);
  });
  it('one after the other are one: nights and whole days off close on the first workday\'s morning', () => {
    expect(minutes(closesInMs(time(night, quiet), at('2026-09-30 21:00')))).to.equal((3 + 7 * 24 + 7) * hour);
  });
  it('that are always open never close, and none at all mean always', () => {
    expect(closesInMs(time({ days: 'every', from: 0, to: 24 * hour }), at('2026-11-23 12:00'))).to.equal(null);
    expect([opensInMs(time(), 0), closesInMs(time(), 0)]).to.deep.equal([0, null]);
  });
  it('on named weekdays do not look at the calendar', () => {
    expect(['2026-10-01 10:00', '2026-10-02 10:00'].map((text) => open(time({ days: ['thu'], from: 0, to: 24 * hour }), text))).to.deep.equal([true, false]);
  });
  it('tell when the calendar says nothing of the year', () => {
    expect([calendarEnded(time(office), at('2026-12-31 23:59')), calendarEnded(time(office), at('2027-01-01 00:00')), calendarEnded(time(night), at('2027-01-01 00:00'))])
      .to.deep.equal([false, true, false]);
  });
});

describe('the shipped calendar', () => {
  it('has the 33 days off and the six worked weekends of 2026', () => {
    expect(shipped()).to.deep.include({ years: ['2026'] });
    expect([shipped().off.length, shipped().work.length]).to.deep.equal([33, 6]);
    expect(shipped().work.every((day) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()))).to.equal(true);
  });
});
