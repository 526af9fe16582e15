import type { Site } from '../config/site.ts';
import { compileContract } from '../contract/contract.ts';
import type { DatasetMapping } from '../mapping/dataset.ts';
import { departmentReader } from '../mapping/mapping.ts';
import type { SetAside } from '../port/quality.ts';
import { Failure } from '../record/failure.ts';

/** Finds the department answerable for a record set aside, by what its mapping now names; null when nobody is named. */
export function answerableOf(site: Site): (one: SetAside) => string | null {
  const contract = compileContract(site.contract);
  const readers = new Map(site.datasets.map((mapping) => {
    const read = departmentReader(mapping, contract);
    return [mapping.dataset, (one: SetAside): string | null => {
      if (one.records.length > 0) return ofRecords(one, mapping);
      return one.change?.state === 'present' ? orNobody(one.change, read) : null;
    }];
  }));
  return (one) => readers.get(one.dataset)?.(one) ?? null;
}

function ofRecords({ records }: SetAside, { department = [] }: DatasetMapping): string | null {
  for (const { table, field } of department) {
    const body = records.find((record) => record.table === table)?.body;
    const value = body === undefined ? null : (JSON.parse(body) as Record<string, unknown>)[field];
    if (value !== null && value !== undefined) return String(value);
  }
  return null;
}

/** A row read by an older mapping may lack what the present one reads. */
function orNobody<T>(change: T, read: (change: T) => string | null): string | null {
  try {
    return read(change);
  } catch (cause) {
    if (cause instanceof Failure && cause.code === 'COLUMN_ABSENT') return null;
    throw cause;
  }
}
