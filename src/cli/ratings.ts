import { ratingsOf } from '../inbound/ratings.ts';
import { Failure } from '../record/failure.ts';
import { lookInto, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { tableLines } from './table.ts';

/** `qilian ratings`: what persons gave, value by value, apart from the ratings given because nobody rated. */
export async function ratings(invocation: Invocation): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const site = await readSite(invocation);
  const profile = site.profile.pull?.ratings;
  if (profile === undefined) throw new Failure('RATINGS_NOT_ISSUED', { profile: site.profile.profile });
  const store = lookInto(invocation, site);
  try {
    const { persons, defaults, unsaid } = await ratingsOf(profile, store);
    const meanings = site.contract.dictionaries[profile.dictionary]?.entries ?? {};
    const values = Object.entries(persons).map(([value, count]) => ({ value, meaning: meanings[value] ?? '', count }));
    const given = values.reduce((sum, { count }) => sum + count, 0);
    if (json) parts.out(JSON.stringify({ persons: given, defaults, unsaid, values }));
    else {
      parts.out(texts.say('cli.ratings.found', { persons: given, defaults, unsaid }));
      if (values.length > 0) for (const line of tableLines(['code', 'meaning', 'count'].map((key) => texts.say(`cli.head.${key}`)), values.map((one) => [one.value, one.meaning, one.count]))) parts.out(line);
    }
    return 0;
  } finally {
    await store.close();
  }
}
