/** Ways the region can fall ill; what each one does, and its parameters, is told in `simulator/README.md`. */
export const kinds = [
  'latency', '429', '500', '502', '503', '504', 'code', 'html200', 'redirect', 'huge', 'shape',
  'truncated', 'broken-json', 'gbk', 'drip', 'reset-before-commit', 'reset-after-commit', 'hang',
  'partial', 'refuse-batch', 'dictionary', 'token', 'clock',
  'page-short', 'page-altered', 'page-repeated', 'page-loop', 'page-back',
  'receipts-late', 'receipts-shuffled', 'receipts-duplicated', 'receipts-foreign', 'receipts-missing',
] as const;
export type Kind = (typeof kinds)[number];

/** One illness as ordered over `POST /sim/illness`. */
export interface Illness {
  readonly kind: Kind;
  /** Which requests: by the beginning of the path (null: wherever the player lets illnesses strike) and by the table pushed to. */
  readonly match: { readonly path: string | null; readonly table: string | null };
  /** How often it strikes; null: until it is taken away. */
  readonly times: number | null;
  readonly probability: number;
  /** Matching requests that pass unharmed first. */
  readonly afterRequests: number;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Only a push has records to refuse and batches to hold back. */
const ofPush: ReadonlySet<Kind> = new Set(['partial', 'refuse-batch', 'dictionary', 'receipts-late']);

/** Reads an order; a sentence says what is wrong with it. */
export function readIllness(order: unknown): Illness | string {
  if (typeof order !== 'object' || order === null) return 'an illness is an object with a kind';
  const { kind: named, match, times, probability, afterRequests, ...params } = order as Record<string, unknown>;
  const kind = kinds.find((known) => known === String(named));
  if (kind === undefined) return `kind must be one of: ${kinds.join(', ')}`;
  const { path, table } = (typeof match === 'object' && match !== null ? match : {}) as Record<string, unknown>;
  return {
    kind,
    match: { path: typeof path === 'string' ? path : null, table: typeof table === 'string' ? table : null },
    times: typeof times === 'number' ? times : null,
    probability: typeof probability === 'number' ? probability : 1,
    afterRequests: typeof afterRequests === 'number' ? afterRequests : 0,
    params,
  };
}

/** A number among the illness's parameters, or what it is when none was given. */
export function numberOf(illness: Illness, name: string, otherwise: number): number {
  const value = illness.params[name];
  return typeof value === 'number' ? value : otherwise;
}

/** A text among the illness's parameters, or what it is when none was given. */
export function textOf(illness: Illness, name: string, otherwise: string): string {
  const value = illness.params[name];
  return typeof value === 'string' ? value : otherwise;
}

/** Whether a switch among the illness's parameters is on. */
export function flagOf(illness: Illness, name: string, otherwise: boolean): boolean {
  const value = illness.params[name];
  return typeof value === 'boolean' ? value : otherwise;
}

/** Where a request is addressed to. */
export interface Place {
  readonly path: string;
  /** Whether illnesses strike here that name no path. */
  readonly open: boolean;
  /** The table pushed to; null when nothing is pushed. */
  readonly table: string | null;
}

/** The illnesses the region has now. */
export interface Ward {
  add(illness: Illness): void;
  clear(): void;
  /** The illnesses that strike this request; each strike is counted. */
  strike(place: Place): readonly Illness[];
  list(): readonly (Illness & { readonly met: number; readonly struck: number })[];
}

/** An empty ward; luck decides only for illnesses with a probability below one. */
export function ward(luck: () => number): Ward {
  let beds: { readonly illness: Illness; met: number; struck: number }[] = [];
  return {
    add: (illness) => void beds.push({ illness, met: 0, struck: 0 }),
    clear: () => {
      beds = [];
    },
    strike(place) {
      if (beds.length === 0) return [];
      const ill = beds.filter(({ illness }) => concerns(illness, place));
      for (const bed of ill) bed.met += 1;
      const struck = ill.filter((bed) => bed.met > bed.illness.afterRequests && bed.struck < (bed.illness.times ?? Infinity)
        && (bed.illness.probability >= 1 || luck() < bed.illness.probability));
      for (const bed of struck) bed.struck += 1;
      return struck.map((bed) => bed.illness);
    },
    list: () => beds.map(({ illness, met, struck }) => ({ ...illness, met, struck })),
  };
}

function concerns({ kind, match }: Illness, { path, open, table }: Place): boolean {
  if (match.path === null ? !open : !path.startsWith(match.path)) return false;
  return (table !== null || !ofPush.has(kind)) && (match.table === null || table === match.table);
}
