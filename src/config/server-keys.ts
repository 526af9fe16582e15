import { isScalar } from 'yaml';
import { block, may } from './read-block.ts';
import { text, type Reader } from './read.ts';

/** A password or key: only ever the name of a variable of the environment, so that it stands in no file and no copy of one. */
export const secret: Reader<string> = (spot) => {
  const { node } = spot;
  if (isScalar(node) && typeof node.value === 'string' && /^\$\{\w+\}$/.test(node.value)) return text(spot);
  return spot.mistake('SECRET_IN_FILE');
};

/** `+08:00`. */
export const zone: Reader<string> = (spot) => {
  const written = text(spot);
  return written === undefined || /^[+-](?:0\d|1[0-4]):[0-5]\d$/.test(written) ? written : spot.mistake('ZONE_WRONG', { zone: written.slice(0, 40) });
};

/** Certificates; they are always verified. */
export const tls = block({ ca: may(text), cert: may(text), key: may(text), name: may(text) });
