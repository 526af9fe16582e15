import { usualBreaker, type BreakerRule } from '../port/profile.ts';
import { block, may } from './read-block.ts';
import { share, whole, type Reader } from './read.ts';

const section = block({ share: may(share), least: may(whole(1)), restSeconds: may(whole(30)), restCapSeconds: may(whole(30)) });

/** `breaker` of an interface file: when a region that does not answer is left in peace; what is not said is as usual. */
export const breakerSection: Reader<BreakerRule> = (spot) => {
  const found = section(spot);
  if (found === undefined) return undefined;
  const { restSeconds = usualBreaker.restMs / 1000, restCapSeconds = usualBreaker.restCapMs / 1000, ...rest } = found;
  return { ...usualBreaker, ...rest, restMs: restSeconds * 1000, restCapMs: restCapSeconds * 1000 };
};
