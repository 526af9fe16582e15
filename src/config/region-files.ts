import type { ContractData } from '../contract/data.ts';
import { tableShapes, type TableShape } from '../contract/table-shape.ts';
import type { InterfaceProfile } from '../port/profile.ts';
import { dictionariesFile } from './dictionaries-file.ts';
import { interfaceFile } from './interface-file.ts';
import type { Reading } from './reading.ts';
import { rulesFile } from './rules-file.ts';
import { replacementFile } from './replacement-file.ts';
import { openSheet } from './spot.ts';
import { tablesAtOnce, tablesFile } from './tables-file.ts';

/** What a region profile's four files say; a part that could not be read is undefined. */
export interface RegionFiles {
  readonly profile: InterfaceProfile | undefined;
  readonly contract: ContractData | undefined;
  readonly shapes: ReadonlyMap<string, TableShape> | undefined;
}

/** Reads a profile's folder: `mappings/region/<profile>`, or where gateway.yaml says it is. */
export async function regionFiles(reading: Reading, directory: string): Promise<RegionFiles> {
  const profile = await reading.file(`${directory}/interface.yaml`, interfaceFile, 'filled');
  const tables = await tablesOf(reading, `${directory}/tables.json`);
  const lists = await reading.file(`${directory}/dictionaries.yaml`, dictionariesFile(tables));
  const control = profile === undefined ? [] : Object.values(profile.push.control);
  const text: InterfaceProfile['text'] = profile?.text ?? { unit: 'characters', repertoire: 'bmp' };
  const ground = tables === undefined ? undefined : { tables, dictionaries: lists?.dictionaries ?? {}, fields: lists?.fields ?? {}, rules: [], text, control };
  const shapes = ground === undefined || profile === undefined ? undefined : tableShapes(ground);
  const rules = await reading.file(`${directory}/rules.yaml`, rulesFile(shapes));
  const replacements = text.replace === undefined ? {} : await reading.file(`${directory}/${text.replace}`, replacementFile(text));
  const whole = ground !== undefined && lists !== undefined && rules !== undefined && replacements !== undefined;
  return { profile, shapes, contract: whole ? { ...ground, rules, replacements } : undefined };
}

async function tablesOf(reading: Reading, file: string): Promise<ContractData['tables'] | undefined> {
  const text = await reading.text(file);
  if (text === undefined) return undefined;
  const atOnce = tablesAtOnce(text);
  if (atOnce !== undefined) return atOnce;
  const root = openSheet(text, { file, mistakes: reading.mistakes });
  return root === undefined ? undefined : tablesFile(root);
}
