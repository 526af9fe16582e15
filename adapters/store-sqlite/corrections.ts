import type { Correction, KeptCorrection } from '../../src/record/correction.ts';
import type { TracedCorrection } from '../../src/port/mending.ts';
import type { Desk } from './desk.ts';
import { nameHash } from './name-hash.ts';

const columns = 'id, dataset, key, child, at, col as "column", value, mark as "row", who, why, made_at as "madeAt"';

/** Corrections of a dataset that hold, the oldest first. */
export function corrections(desk: Desk, dataset: string): readonly KeptCorrection[] {
  return desk.all<KeptCorrection>(`select ${columns} from correction where dataset = ? and lapsed_at is null order by id`, dataset);
}

export function correct(desk: Desk, made: readonly Correction[]): void {
  for (const { dataset, key, child, at, column, value, row, who, why, madeAt } of made) {
    desk.run('insert into correction (dataset, key, key_hash, child, at, col, value, mark, who, why, made_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      dataset, key, nameHash(dataset, key), child, at, column, value, row, who, why, madeAt);
  }
}

export function lapse(desk: Desk, ids: readonly number[], at: number): void {
  desk.run('update correction set lapsed_at = ? where lapsed_at is null and id in (select value from json_each(?))', at, JSON.stringify(ids));
}

/** Corrections ever made to one record, without their values. */
export function tracedCorrections(desk: Desk, dataset: string, key: string): readonly TracedCorrection[] {
  return desk.all<TracedCorrection>(
    `select child, col as "column", who, why, made_at as "madeAt", lapsed_at as "lapsedAt" from correction
     where key_hash = ? and dataset = ? and key = ? order by id`, nameHash(dataset, key), dataset, key);
}
