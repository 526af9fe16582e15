/** Region code → the county's own code, as the hall's and the library's manuals give them. Written by hand, apart from the mapping files. */
export const countyCode = {
  taskType: { '01': 'XK', '05': 'JF', '07': 'QR', '08': 'JL', '09': 'CJ', '10': 'QT', '20': 'GG' },
  itemState: { '1': '3' },
  yesNo: { '1': '1', '0': '2' },
  projectType: { '1': '0', '2': '1' },
  serverType: { '1': '0', '2': '1', '3': '2', '4': '3', '5': '4', '6': '5' },
  handleForm: { '1': 'A', '2': 'B', '3': 'C', '4': 'D' },
  timeUnit: { '1': 'G', '2': 'Z' },
  powerSource: { '1': '0', '2': '1', '3': '2', '5': '4' },
  resultKind: { '10': '0', '20': '1', '30': '2', '99': '3' },
  materialType: { '1': '0', '2': '1', '3': '2', '4': '3' },
  materialFormat: { '1': '1', '2': '2', '3': '5' },
  materialSource: { '10': '0', '20': '1', '99': '2' },
  materialNeed: { '1': '0', '2': '1', '3': '2' },
  applyType: { '0': '1', '1': '2', '2': '4', '3': '5', '4': '6', '5': '7' },
  applicant: { '1': '0', '2': '1', '3': '2', '4': '3' },
  stepAction: { '1': '0', '2': '1', '9': '2' },
  suspension: { '1': '1', '2': '2' },
  received: { '1': '0', '2': '1', '3': '2', '4': '3' },
  caseResult: { '0': '3', '1': '44', '2': '4', '5': '5', '6': '7' },
  delivery: { '1': '3', '0': '1' },
  satisfaction: { '1': '5', '2': '4', '3': '3', '4': '2', '5': '1' },
  holderType: { '111': '1', '001': '2' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

type Tables = typeof countyCode;

/** The county's code for a region's code; an unknown one is a mistake in the generator. */
export function toCounty(table: keyof Tables, code: string): string {
  const found = (countyCode[table] as Readonly<Record<string, string>>)[code];
  if (found === undefined) throw new Error(`no county code in ${table} for ${code}`);
  return found;
}

/** A list written `1,2` by the region and `A^B` by the hall. */
export function listToCounty(table: keyof Tables, codes: string): string {
  return codes.split(',').map((code) => toCounty(table, code)).join('^');
}
