import type { FieldShape } from '../contract/table-shape.ts';
import { namesDay, patternTokens } from '../mapping/date-pattern.ts';
import { checkCharacters, checkCodes } from './code-checks.ts';
import type { Aim } from './known.ts';
import { block, may, must } from './read-block.ts';
import { oneOrMore, text, textOrNumber, whole, yes, type Reader } from './read.ts';

const readPattern: Reader<string> = (spot) => {
  const pattern = text(spot);
  return pattern === undefined || namesDay(pattern) ? pattern : spot.mistake('DATE_PATTERN_WRONG', { pattern });
};

const writePattern: Reader<string> = (spot) => {
  const pattern = text(spot);
  return pattern === undefined || patternTokens(pattern) !== null ? pattern : spot.mistake('DATE_PATTERN_WRONG', { pattern });
};

const oneCharacter: Reader<string> = (spot) => {
  const found = text(spot);
  return found === undefined || [...found].length === 1 ? found : spot.mistake('ONE_CHARACTER', { text: found });
};

const places = block({ from: must(whole(1)), to: must(whole(1)) });

const taken: Reader<{ readonly from: number; readonly to: number }> = (spot) => {
  const found = places(spot);
  return found === undefined || found.from <= found.to ? found : spot.mistake('NUMBER_OUT_OF_RANGE', { value: found.to, least: found.from, most: '…' });
};

/** The keys of a field's steps, with what they must agree with. */
export function stepKeys(aim: Aim) {
  return {
    trim: may(yes),
    halfWidth: may(yes),
    upper: may(yes),
    characters: may(checkCharacters(aim)),
    digits: may(yes),
    take: may(taken),
    split: may(block({ separator: must(text), join: must(text) })),
    code: may(checkCodes(aim)),
    date: may(unfitFor(aim, 'date', ['int'], oneOrMore(readPattern))),
    write: may(unfitFor(aim, 'write', ['int', 'datetime'], writePattern)),
    pad: may(block({ to: must(within(aim)), with: must(oneCharacter) })),
    cut: may(block({ to: must(within(aim)), because: must(text) })),
    default: may(block({ value: must(textOrNumber), because: must(text) })),
  };
}

/** A step that cannot help such a field is a misunderstanding. */
function unfitFor<T>({ field }: Aim, step: string, types: readonly FieldShape['type'][], read: Reader<T>): Reader<T> {
  return (spot) => (field !== undefined && types.includes(field.type) ? spot.mistake('STEP_UNFIT', { step, field: field.name, type: field.type }) : read(spot));
}

/** A length that the region's column can hold. */
function within({ field }: Aim): Reader<number> {
  const read = whole(1);
  return (spot) => {
    const to = read(spot);
    const limit = field?.type === 'varchar' ? field.length : null;
    return to === undefined || limit === null || limit === undefined || to <= limit ? to : spot.mistake('LENGTH_BEYOND', { to, limit, field: field?.name ?? '' });
  };
}
