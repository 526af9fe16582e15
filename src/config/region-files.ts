import { posix } from 'node:path';
import type { ContractData } from '../contract/data.ts';
import { tableShapes, type TableShape } from '../contract/table-shape.ts';
import type { FieldName } from '../mapping/dataset.ts';
import { nothingPlain, type Personal } from '../record/personal.ts';
import type { InterfaceProfile } from '../port/profile.ts';
import { dictionariesFile, dictionariesGlimpsed } from './dictionaries-file.ts';
import { interfaceFile } from './interface-file.ts';
import { itemsAt, keysAt, textAt } from './peek.ts';
import { personalFile } from './personal-file.ts';
import { protectedFile } from './protected-file.ts';
import type { Reading } from './reading.ts';
import { rulesFile } from './rules-file.ts';
import { replacementFile } from './replacement-file.ts';
import { openSheet } from './spot.ts';
import { tablesAtOnce, tablesFile } from './tables-file.ts';

/** What a region profile's four files say; a part that could not be read is undefined. */
export interface RegionFiles {
  /** Folder of its tables, dictionaries and rules, from the site's directory: another profile's where it shares one's. */
  readonly ruled: string;
  readonly profile: InterfaceProfile | undefined;
  readonly contract: ContractData | undefined;
  readonly shapes: ReadonlyMap<string, TableShape> | undefined;
  /** Fields that delivery fills in. */
  readonly control: readonly string[];
  /** Tables that must be accepted before others. */
  readonly order: readonly (readonly string[])[];
  /** Fields that nobody may correct in the gateway; null where the profile does not say. */
  readonly protectedFields: readonly FieldName[] | null;
  /** What of its fields is about persons. */
  readonly personal: Personal;
}

/** Reads a profile's folder, wherever gateway.yaml says it is; a mistake in one file does not hide what can be held against the others. */
export async function regionFiles(reading: Reading, directory: string): Promise<RegionFiles> {
  const face = await reading.root(`${directory}/interface.yaml`, 'filled');
  const profile = face === undefined ? undefined : interfaceFile(face);
  const shares = face === undefined ? undefined : textAt(face, 'shares');
  const ruled = shares === undefined ? directory : posix.normalize(`${directory}/${shares}`);
  const tables = await tablesOf(reading, `${ruled}/tables.json`);
  const words = await reading.root(`${ruled}/dictionaries.yaml`);
  const lists = words === undefined ? undefined : dictionariesFile(tables)(words);
  const control = face === undefined ? [] : keysAt(face, 'records', 'fields');
  const order = face === undefined ? [] : itemsAt(face, 'order').map((rule) => itemsAt(rule).flatMap((table) => textAt(table) ?? []));
  const text: InterfaceProfile['text'] = profile?.text ?? { unit: 'characters', repertoire: 'bmp' };
  const known = lists ?? (words === undefined ? { dictionaries: {}, fields: {} } : dictionariesGlimpsed(words));
  const ground = tables === undefined ? undefined : { tables, ...known, rules: [], text, control };
  const shapes = ground === undefined || face === undefined ? undefined : tableShapes(ground);
  const rules = await reading.file(`${ruled}/rules.yaml`, rulesFile(shapes));
  const replacements = text.replace === undefined ? {} : await reading.file(`${ruled}/${text.replace}`, replacementFile(text));
  const guarded = await reading.aside(`${ruled}/protected.yaml`);
  const protectedFields = guarded === undefined ? null : protectedFile(shapes)(guarded) ?? [];
  const about = await reading.aside(`${ruled}/personal.yaml`);
  const personal = about === undefined ? nothingPlain : personalFile(shapes)(about) ?? nothingPlain;
  const whole = ground !== undefined && lists !== undefined && rules !== undefined && replacements !== undefined;
  return { profile, ruled, shapes, control, order, protectedFields, personal, contract: whole ? { ...ground, rules, replacements } : undefined };
}

async function tablesOf(reading: Reading, file: string): Promise<ContractData['tables'] | undefined> {
  const text = await reading.text(file);
  if (text === undefined) return undefined;
  const atOnce = tablesAtOnce(text);
  if (atOnce !== undefined) return atOnce;
  const root = openSheet(text, { file, mistakes: reading.mistakes });
  return root === undefined ? undefined : tablesFile(root);
}
