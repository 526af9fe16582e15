const dayMs = 86_400_000;

/** Bad below 5 % free, to be watched below 15 %. */
export function diskTone(free: number, total: number): 'good' | 'watch' | 'bad' {
  const share = total === 0 ? 0 : free / total;
  return share < 0.05 ? 'bad' : share < 0.15 ? 'watch' : 'good';
}

/** The region refuses signatures of a clock that is 300 s off; half of that is to be watched. */
export function clockTone(skewMs: number): 'good' | 'watch' | 'bad' {
  const off = Math.abs(skewMs);
  return off >= 300_000 ? 'bad' : off >= 150_000 ? 'watch' : 'good';
}

/** A certificate needs weeks to be renewed: to be watched for its last 30 days. */
export function certificateTone(endsAt: number, now: number): 'good' | 'watch' | 'bad' {
  return endsAt <= now ? 'bad' : endsAt - now < 30 * dayMs ? 'watch' : 'good';
}
