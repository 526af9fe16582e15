import type { GateStore } from '../port/gates.ts';
import type { ShapeStore } from '../port/shape.ts';
import type { Selection, Source } from '../port/source.ts';
import { Failure } from '../record/failure.ts';

/** What holding a source against its earlier self needs. */
export interface ShapeSetting {
  readonly dataset: string;
  readonly selection: Selection;
  readonly source: Source;
  readonly store: ShapeStore & Pick<GateStore, 'gate' | 'keepGate'>;
  readonly wallMs: number;
}

const changed = 'SHAPE_CHANGED';

/**
 * Throws a Failure `SHAPE_CHANGED` when a column that was read before has another type now: what it says may mean something
 * else, or be cut. The dataset is not read until a person releases its gate, or the column is as it was. Columns that are
 * gone the source itself does not find; columns that a mapping reads for the first time are new and no change.
 */
export async function mustHaveShape({ dataset, selection, source, store, wallMs }: ShapeSetting): Promise<void> {
  const now = await source.shape?.(selection);
  if (now === undefined) return;
  const before = await store.shape(dataset);
  const different = Object.entries(before ?? {}).filter(([column, type]) => now[column] !== undefined && now[column] !== type);
  const { standing, released } = await store.gate(dataset);
  const shut = standing?.state === 'shut' && standing.reason === changed;
  if (different.length > 0 && !(shut && released)) {
    if (!shut) await store.keepGate({ gate: dataset, state: 'shut', since: wallMs, reason: changed, tryAt: 0, tries: 0 });
    throw new Failure(changed, { dataset, columns: different.map(([column, type]) => `${column} ${type} → ${now[column]}`).join('、') });
  }
  if (shut) await store.keepGate({ gate: dataset, state: 'open', since: wallMs, reason: changed, tryAt: 0, tries: 0 });
  if (before === null || different.length > 0 || Object.keys(now).some((column) => before[column] === undefined)) await store.keepShape(dataset, { ...before, ...now }, wallMs);
}
