import type { Site } from '../config/site.ts';
import { compileContract, type Contract } from '../contract/contract.ts';
import { changeChecker } from '../intake/change-check.ts';
import { examiner } from '../intake/examine.ts';
import type { Reading } from '../intake/reader.ts';
import { compileMapping, type Mapping } from '../mapping/mapping.ts';

/** A dataset's mapping and checks as functions, for a run, a plan and a look at one row alike. */
export interface CompiledDataset extends Pick<Reading, 'selection' | 'examine' | 'compare'> {
  readonly mapping: Mapping;
  /** Name of its source. */
  readonly source: string;
}

export interface Intakes {
  readonly contract: Contract;
  readonly of: (dataset: string) => CompiledDataset | undefined;
}

/** Compiles every dataset of a site, once for each version of its files. */
export function compileIntakes(site: Site): Intakes {
  const contract = compileContract(site.contract);
  const compiled = new Map(site.datasets.map((dataset): [string, CompiledDataset] => {
    const mapping = compileMapping(dataset, contract);
    const compared = dataset.records.some(({ table }) => contract.changing(table) !== null);
    return [dataset.dataset, {
      mapping, selection: mapping.selection, examine: examiner(mapping, contract), source: dataset.source,
      ...(compared ? { compare: changeChecker(contract) } : {}),
    }];
  }));
  return { contract, of: (dataset) => compiled.get(dataset) };
}
