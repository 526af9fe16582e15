import { same } from '../vendor.ts';

/** Region code → Epoint's own, written by hand apart from the mapping files. */
export const epointCodes = {
  shenpilb: { '01': '01', '05': '05', '07': '07', '08': '06', '09': '08', '10': '10', '20': '11' },
  taskType: { '1': '1', '2': '2' },
  object: { '1': '20', '2': '10', '3': '40', '4': '50', '5': '60', '6': '30' },
  applicant: { '1': '20', '2': '10', '9': '30' },
  certificate: { '111': '22', '001': '16' },
  applyWay: { '0': '20', '1': '10', '2': '30', '3': '40', '4': '50', '5': '60' },
  flag: same('1', '0'),
  level: { '4': 'X', '5': 'Z', '6': 'C' },
  nature: same('1', '2', '3', '9'),
  unit: same('1', '2'),
  source: same('1', '2', '3', '5'),
  handleForm: { '1': '10', '2': '20', '3': '30', '4': '40' },
  resultKind: { '10': 'ZZ', '20': 'PW', '30': 'QT', '99': 'W' },
  necessity: { '1': '10', '2': '20', '3': '30' },
  format: { '1': '20', '2': '10', '3': '30' },
  original: same('1', '2', '3', '4'),
  fileSource: same('10', '20', '99'),
  received: { '1': '20', '2': '10', '3': '60', '4': '70' },
  result: { '0': '40', '1': '50', '2': '98', '5': '99', '6': '97' },
  status: { '0': '90', '1': '90', '2': '98', '5': '99', '6': '97' },
  step: { '1': '10', '2': '20', '9': '90' },
  satisfied: { '1': '5', '2': '4', '3': '3', '4': '2', '5': '1' },
  holder: { '111': '22', '001': '16' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;
