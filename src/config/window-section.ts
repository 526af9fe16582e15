import { weekdays, type WorkWindow } from '../record/work-window.ts';
import { block, may } from './read-block.ts';
import { list, oneOf, oneOrMore, text, type Reader } from './read.ts';

const days: Reader<WorkWindow['days']> = (spot) => {
  const found = oneOrMore(oneOf('every', 'workdays', 'days-off', ...weekdays))(spot);
  if (found === undefined) return undefined;
  const kinds = found.filter((one) => one === 'every' || one === 'workdays' || one === 'days-off');
  if (kinds.length === 0) return found.filter((one) => weekdays.some((day) => day === one)) as WorkWindow['days'];
  return found.length === 1 ? kinds[0] : spot.mistake('DAYS_MIXED', { days: found.join(', ') });
};

/** `20:00` in minutes after midnight; `24:00` is the end of the day. */
const timeOfDay: Reader<number> = (spot) => {
  const written = text(spot);
  if (written === undefined) return undefined;
  const parts = /^(\d{2}):([0-5]\d)$/.exec(written);
  const minutes = parts === null ? Number.NaN : Number(parts[1]) * 60 + Number(parts[2]);
  return minutes <= 1_440 ? minutes : spot.mistake('TIME_OF_DAY_WRONG', { time: written });
};

const window = block({ days: may(days), from: may(timeOfDay), to: may(timeOfDay) });

/** When something may be done: days and hours in the site's time. */
export const windowList: Reader<readonly WorkWindow[]> = list((spot) => {
  const found = window(spot);
  return found === undefined ? undefined : { days: found.days ?? 'every', from: found.from ?? 0, to: found.to ?? 1_440 };
});
