/** Luck from a seed: the same seed and stream name give the same numbers on every machine. */
export interface Luck {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  int(below: number): number;
  /** A whole number from `low` to `high`, both possible. */
  between(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  chance(probability: number): boolean;
  /** 32 hexadecimal digits, as row identifiers in halls usually look. */
  guid(): string;
  /** So many decimal digits, the first one possibly 0. */
  digits(count: number): string;
}

const hex4: readonly string[] = Array.from({ length: 65536 }, (_, n) => n.toString(16).padStart(4, '0'));

/** A stream of luck of its own for each name, so that one dataset's size does not move another's rows. */
export function luckOf(seed: number, name: string): Luck {
  const word = sfc32(`${seed}/${name}`);
  const int = (below: number): number => Math.floor((word() / 4294967296) * below);
  const quad = (): string => {
    const n = word();
    return (hex4[n >>> 16] as string) + (hex4[n & 65535] as string);
  };
  return {
    next: () => word() / 4294967296,
    int,
    between: (low, high) => low + int(high - low + 1),
    pick: <T>(list: readonly T[]): T => list[int(list.length)] as T,
    chance: (probability) => word() / 4294967296 < probability,
    guid: () => quad() + quad() + quad() + quad(),
    digits: (count) => {
      let text = '';
      while (text.length < count) text += String(int(10));
      return text;
    },
  };
}

/** The numbers 0 … count-1 in an order that the luck decides. */
export function shuffled(count: number, luck: Luck): readonly number[] {
  const order = Array.from({ length: count }, (_, n) => n);
  for (let at = count - 1; at > 0; at -= 1) {
    const other = luck.int(at + 1);
    [order[at], order[other]] = [order[other] as number, order[at] as number];
  }
  return order;
}

/** Chris Doty-Humphrey's small fast counter, 32 bits, seeded by an FNV-1a hash of the text. */
function sfc32(text: string): () => number {
  let hash = 0x811c9dc5;
  const seedWord = (): number => {
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    return (hash ^= hash >>> 15) >>> 0;
  };
  let a = seedWord(), b = seedWord(), c = seedWord(), counter = 1;
  const step = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  for (let n = 0; n < 12; n += 1) step();
  return step;
}
