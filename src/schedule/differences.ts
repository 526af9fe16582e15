import type { Value } from '../contract/table-shape.ts';

/** One field that a new version says otherwise than what the region acknowledged. */
export interface Difference {
  readonly field: string;
  readonly before: Value;
  readonly after: Value;
}

/** Field by field; both are bodies of one row as it travels. A field that only one of them has is null in the other. */
export function differencesOf(before: string, after: string): readonly Difference[] {
  const was = JSON.parse(before) as Readonly<Record<string, Value>>;
  const is = JSON.parse(after) as Readonly<Record<string, Value>>;
  const fields = [...Object.keys(is), ...Object.keys(was).filter((field) => !Object.hasOwn(is, field))];
  return fields.flatMap((field) => {
    const [old, now] = [was[field] ?? null, is[field] ?? null];
    return old === now ? [] : [{ field, before: old, after: now }];
  });
}
