/** Nonces seen lately: each may be used once in ten minutes. */
export interface NonceMemory {
  /** True when the nonce was not seen in the last ten minutes; from now on it is. */
  take(nonce: string, nowMs: number): boolean;
}

const rememberMs = 600_000;

/** An empty memory; it forgets as it goes, so its size is that of ten minutes of calls. */
export function nonceMemory(): NonceMemory {
  const seen = new Map<string, number>();
  return {
    take(nonce, nowMs) {
      for (const [old, at] of seen) {
        if (nowMs - at < rememberMs) break;
        seen.delete(old);
      }
      const before = seen.get(nonce);
      if (before !== undefined && nowMs - before < rememberMs) return false;
      seen.delete(nonce);
      seen.set(nonce, nowMs);
      return true;
    },
  };
}
