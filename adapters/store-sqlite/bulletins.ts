import type { Bulletin, BulletinLine, BulletinStore } from '../../src/port/bulletins.ts';
import type { Desk } from './desk.ts';

/** Months whose figures are kept for good. */
export function bulletinStore(desk: Desk): BulletinStore {
  return {
    keepBulletin: async ({ month, at, lines }) => void desk.run('insert or ignore into bulletin (month, at, lines) values (?, ?, ?)', month, at, JSON.stringify(lines)),
    closedMonths: async () => desk.all<Omit<Bulletin, 'lines'>>('select month, at from bulletin order by month desc'),
    bulletin: async (month) => {
      const found = desk.get<{ at: number; lines: string }>('select at, lines from bulletin where month = ?', month);
      return found === undefined ? null : { month, at: found.at, lines: JSON.parse(found.lines) as readonly BulletinLine[] };
    },
    firstRunAt: async () => desk.get<{ at: number | null }>('select min(started_at) as at from run')?.at ?? null,
  };
}
