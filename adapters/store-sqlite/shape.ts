import type { Shape, ShapeStore } from '../../src/port/shape.ts';
import type { Desk } from './desk.ts';

/** How the county's tables looked when they were last read. */
export function shapeStore(desk: Desk): ShapeStore {
  return {
    shape: async (dataset) => {
      const row = desk.get<{ columns: string }>('select columns from shape where dataset = ?', dataset);
      return row === undefined ? null : JSON.parse(row.columns) as Shape;
    },
    keepShape: async (dataset, shape, at) => void desk.run(
      'insert or replace into shape (dataset, columns, seen_at) values (?, ?, ?)', dataset, JSON.stringify(shape), at),
  };
}
