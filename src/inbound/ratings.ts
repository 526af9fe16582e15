import type { InboundLook } from '../port/inbound.ts';
import type { RatingProfile } from '../port/pull-profile.ts';
import type { Ratings } from '../record/ratings.ts';
import { fieldOf, readIssued } from './issued-text.ts';

/** Counts the ratings the region has issued, by its newest word on each. */
export async function ratingsOf({ resource, value, given }: RatingProfile, store: Pick<InboundLook, 'issued'>): Promise<Ratings> {
  const persons = new Map<string, number>();
  let [defaults, unsaid] = [0, 0];
  for (let after = ''; ;) {
    const page = await store.issued(resource, after, 1_000);
    for (const { text } of page) {
      const record = readIssued(text);
      const by = fieldOf(record, given.field) ?? '';
      if (given.persons.includes(by)) {
        const said = fieldOf(record, value) ?? '';
        persons.set(said, (persons.get(said) ?? 0) + 1);
      } else if (given.default.includes(by)) defaults += 1;
      else unsaid += 1;
    }
    if (page.length < 1_000) return { persons: Object.fromEntries(persons), defaults, unsaid };
    after = page.at(-1)?.key ?? '';
  }
}
