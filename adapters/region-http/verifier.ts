import type { Verifier, VerifyProfile } from '../../src/port/verifier.ts';
import type { Line } from './line.ts';
import { textIn } from './place.ts';
import { ask } from './question.ts';

/** Asks the region about a licence that somebody shows, by the profile's section `verify`. */
export function verifierOf(line: Line, profile: VerifyProfile): Verifier {
  return {
    verify: async ({ identifier, code }) => {
      const asked = { ...(identifier === undefined ? {} : { [profile.ask.identifier]: identifier }), ...(code === undefined ? {} : { [profile.ask.code]: code }) };
      const reply = await ask(line, { method: profile.method, path: profile.path, known: {}, asked });
      if (reply.verdict !== 'yes') return { verdict: 'away', reason: reply.reason };
      const result = textIn(reply.body, profile.result);
      const seconds = profile.validSeconds === undefined ? Number.NaN : Number(textIn(reply.body, profile.validSeconds));
      return result === undefined ? { verdict: 'away', reason: 'ANSWER_UNREADABLE' } : { verdict: 'told', result, validMs: Number.isFinite(seconds) ? seconds * 1000 : null };
    },
  };
}
