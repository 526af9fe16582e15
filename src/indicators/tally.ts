import type { FieldName } from '../mapping/dataset.ts';
import type { Condition, Measure } from '../mapping/indicator.ts';
import { meets, type Times, type ValuesOf } from './condition.ts';

/** Measures that are worked out record by record. */
export type Counted = Extract<Measure, { kind: 'count' | 'share' | 'cut' | 'distinct' }>;

/** One measure on its way through the records of a dataset. */
export interface Tally {
  readonly fields: readonly FieldName[];
  note(valuesOf: ValuesOf): void;
  /** Null where nothing was there to be measured. */
  end(): number | null;
}

/** Makes what goes through the records for a measure. */
export function tallyOf(measure: Counted, times: Times): Tally {
  const all = (conditions: readonly Condition[], valuesOf: ValuesOf): boolean => conditions.every((one) => meets(one, valuesOf, times));
  switch (measure.kind) {
    case 'count': {
      let count = 0;
      return { fields: fieldsIn(measure.where), note: (valuesOf) => void (count += all(measure.where, valuesOf) ? 1 : 0), end: () => count };
    }
    case 'share': {
      let [whole, part] = [0, 0];
      return {
        fields: fieldsIn([...measure.of, ...measure.where]),
        note: (valuesOf) => {
          if (!all(measure.of, valuesOf)) return;
          whole += 1;
          part += all(measure.where, valuesOf) ? 1 : 0;
        },
        end: () => (whole === 0 ? null : part / whole),
      };
    }
    case 'cut': {
      let [from, to] = [0, 0];
      return {
        fields: [...measure.from, ...measure.to],
        note: (valuesOf) => {
          const [before, after] = [numberIn(measure.from, valuesOf), numberIn(measure.to, valuesOf)];
          if (before === null || after === null) return;
          from += before;
          to += after;
        },
        end: () => (from === 0 ? null : 1 - to / from),
      };
    }
    case 'distinct': {
      const met = new Set<string>();
      return {
        fields: [...measure.field, ...fieldsIn(measure.where)],
        note: (valuesOf) => {
          if (all(measure.where, valuesOf)) for (const field of measure.field) for (const value of valuesOf(field)) met.add(String(value));
        },
        end: () => met.size,
      };
    }
  }
}

function fieldsIn(conditions: readonly Condition[]): readonly FieldName[] {
  return conditions.flatMap((one) => one.fields);
}

/** The first of these fields that holds a whole number of days or the like, never below nothing. */
function numberIn(fields: readonly FieldName[], valuesOf: ValuesOf): number | null {
  for (const field of fields) for (const value of valuesOf(field)) if (typeof value === 'number' && value >= 0) return value;
  return null;
}
