import type { Value } from '../contract/table-shape.ts';
import type { DatasetMapping } from '../mapping/dataset.ts';
import type { Example } from '../mapping/example.ts';
import { exampleInput, mergedInput, noInput, presentChange, type ExampleInput } from './example-input.ts';
import { expectation } from './example-outcome.ts';
import { nearest } from './nearest.ts';
import { spotAt, textAt } from './peek.ts';
import { block, may, must } from './read-block.ts';
import { list, text, type Reader } from './read.ts';
import type { Spot } from './spot.ts';

/** The example files of a county, each with the mapping that its dataset has. */
export function exampleFiles(roots: readonly Spot[], mappings: readonly DatasetMapping[], datasets: readonly string[]): readonly Example[] {
  const grounds = new Map(roots.filter((root) => textAt(root, 'like') === undefined).map((root) => [nameOf(root), root]));
  return roots.flatMap((root) => {
    const dataset = textAt(root, 'dataset');
    const mapping = mappings.find((one) => one.dataset === dataset);
    if (mapping !== undefined) return examplesOf(root, mapping, grounds) ?? [];
    // A dataset whose mapping has mistakes of its own is no mistake of the example.
    if (dataset !== undefined && !datasets.includes(dataset)) spotAt(root, 'dataset').mistake('DATASET_UNKNOWN', { dataset, near: nearest(dataset, datasets) });
    if (dataset === undefined) block({ dataset: must(text) })(root);
    return [];
  });
}

function examplesOf(root: Spot, mapping: DatasetMapping, grounds: ReadonlyMap<string, Spot>): readonly Example[] | undefined {
  const input = exampleInput(mapping);
  const found = block({ dataset: must(text), title: may(text), like: may(likeAnother(mapping, grounds)), ...input, examples: must(list(exampleOf(mapping))) })(root);
  if (found === undefined) return undefined;
  const { title = '', like = noInput, examples } = found;
  const ground = mergedInput(like, found);
  return examples.map(({ spot, input: own, expects, title: further = '' }) => ({
    dataset: mapping.dataset, title: [title, further].filter((part) => part !== '').join('：'),
    file: spot.sheet.file, line: spot.line(), change: presentChange(mapping, mergedInput(ground, own)), expects,
  }));
}

interface One {
  readonly spot: Spot;
  readonly title?: string;
  readonly input: ExampleInput;
  readonly expects: Example['expects'];
}

function exampleOf(mapping: DatasetMapping): Reader<One> {
  const keys = { title: may(text), ...exampleInput(mapping), ...expectation(mapping) };
  return (spot) => {
    const found = block(keys)(spot);
    if (found === undefined) return undefined;
    const { title, row, children, lookups, gone = false, records, fields = {}, counts = {}, problems = [] } = found;
    const input = { ...(row === undefined ? {} : { row }), ...(children === undefined ? {} : { children }), ...(lookups === undefined ? {} : { lookups }) };
    const expects = { gone, fields: fields satisfies Readonly<Record<string, Value | readonly Value[]>>, counts, problems, ...(records === undefined ? {} : { records }) };
    return { spot, input, expects, ...(title === undefined ? {} : { title }) };
  };
}

/** `like: name`: begins where the file of that name begins. It must stand on its own, so that nobody has to follow a chain. */
function likeAnother(mapping: DatasetMapping, grounds: ReadonlyMap<string, Spot>): Reader<ExampleInput> {
  return (spot) => {
    const name = text(spot);
    if (name === undefined) return undefined;
    const ground = grounds.get(name);
    if (ground === undefined || textAt(ground, 'dataset') !== mapping.dataset) {
      const known = [...grounds].filter(([, root]) => textAt(root, 'dataset') === mapping.dataset).map(([stem]) => stem);
      return spot.mistake('EXAMPLE_UNKNOWN', { example: name, near: nearest(name, known) });
    }
    // Its mistakes are told when it is read itself.
    const keys = exampleInput(mapping);
    const part = (key: keyof typeof keys): unknown => (spotAt(ground, key).node === null ? undefined : keys[key].read(spotAt(ground.quietly(), key)));
    return Object.fromEntries((['row', 'children', 'lookups'] as const).map((key) => [key, part(key)]).filter(([, value]) => value !== undefined)) as ExampleInput;
  };
}

function nameOf(root: Spot): string {
  return (root.sheet.file.split('/').at(-1) ?? '').replace(/\.ya?ml$/, '');
}
