import { Desk } from '../../adapters/store-sqlite/desk.ts';
import type { Fence } from '../../adapters/store-sqlite/fence.ts';

/** One statement as it was, and as it shall be; null leaves it out. */
export interface Alteration {
  readonly of: string;
  readonly to: string | null;
  /** Said before it. */
  readonly also?: readonly string[];
}

/** A desk at which some of the store's statements say something else. */
export class AlteredDesk extends Desk {
  readonly #alterations: readonly Alteration[];

  constructor(database: Desk['database'], alterations: readonly Alteration[], fence?: Fence) {
    super(database, fence);
    this.#alterations = alterations;
  }

  override run(sql: string, ...values: (string | number | null)[]): number {
    const altered = this.#altered(sql);
    return altered === null ? 0 : super.run(altered, ...values);
  }

  override all<T>(sql: string, ...values: (string | number | null)[]): T[] {
    const altered = this.#altered(sql);
    return altered === null ? [] : super.all<T>(altered, ...values);
  }

  override get<T>(sql: string, ...values: (string | number | null)[]): T | undefined {
    const altered = this.#altered(sql);
    return altered === null ? undefined : super.get<T>(altered, ...values);
  }

  #altered(sql: string): string | null {
    for (const { of, to, also = [] } of this.#alterations) {
      if (!sql.includes(of)) continue;
      for (const more of also) super.run(more);
      return to === null ? null : sql.replace(of, to);
    }
    return sql;
  }
}

/** A mutant's desk. */
export function altering(...alterations: readonly Alteration[]): (database: Desk['database'], fence?: Fence) => Desk {
  return (database, fence) => new AlteredDesk(database, alterations, fence);
}
