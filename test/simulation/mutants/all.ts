import { unharmed, type Mutant } from '../mutant.ts';
import { deliveringMutants } from './delivering.ts';
import { keepingMutants } from './keeping.ts';
import { readingMutants } from './reading.ts';

/** Every planted bug. */
export const mutants: readonly Mutant[] = [...readingMutants, ...keepingMutants, ...deliveringMutants];

/** By its name; the engine as it is without one. */
export function mutantNamed(name: string | undefined): Mutant {
  const found = name === undefined ? unharmed : mutants.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no mutant is called ${name}; there are: ${mutants.map((one) => one.name).join(', ')}`);
  return found;
}
