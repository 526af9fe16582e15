import { isMap, isScalar, isSeq } from 'yaml';
import { namesIn } from '../port/template.ts';
import { nearest } from './nearest.ts';
import { keysAt, pairsAt, spotAt, itemsAt } from './peek.ts';
import type { Spot } from './spot.ts';

/** Names that stand for something wherever a batch is spoken of. */
const ofBatch = ['batchNo', 'table', 'count', 'digest'];
/** … when a batch is one record. */
const ofRecord = ['rowGuid'];

/** Holds every name in the profile's texts against what there is, each at its place; without that a misspelt name would show only at the first sending. */
export function checkNames(root: Spot): void {
  const alone = numberAt(root, 'limits', 'recordsPerBatch') === 1 ? ofRecord : [];
  const identity = keysAt(root, 'identity');
  const tables = pairsAt(root, 'push', 'tables').flatMap(({ value }) => keysAt(value, 'values'));
  const made = [...keysAt(root, 'values'), ...keysAt(root, 'tokens')];
  const batch = [...identity, ...tables, ...ofBatch, ...alone];
  const request = [...batch, ...made, 'plain', 'body'];

  const check = (spot: Spot, known: readonly string[], beside: (name: string) => boolean = () => false): void => {
    for (const { text, at } of textsIn(spot)) {
      for (const name of namesIn(text)) if (!known.includes(name) && !beside(name)) at.mistake('PLACEHOLDER_UNKNOWN', { name, near: nearest(name, known) });
    }
  };
  check(spotAt(root, 'records', 'fields'), [...identity, ...tables, 'batchNo', 'table', 'time', 'count', 'operation'], (name) => name.startsWith('record.'));
  const said = [...batch, 'time', 'records', ...(alone.length > 0 ? ['record', 'operation'] : [])];
  check(spotAt(root, 'push', 'body'), said);
  for (const { value } of pairsAt(root, 'push', 'tables')) {
    check(spotAt(value, 'body'), said);
    check(spotAt(value, 'path'), request);
  }
  check(spotAt(root, 'headers'), request);
  for (const part of ['push', 'ask']) {
    for (const key of ['path', 'headers']) check(spotAt(root, part, key), request);
    check(spotAt(root, part, 'travels'), request.filter((name) => name !== 'body' && !reaches(root, name, 'body')));
  }
  check(spotAt(root, 'ask', 'body'), batch);
  for (const { value } of pairsAt(root, 'tokens')) {
    for (const key of ['path', 'headers', 'body']) check(spotAt(value, key), [...identity, ...made, 'plain', 'body']);
    for (const one of makings(spotAt(value, 'opened'))) check(one, [...identity, ...made, 'value']);
  }
  for (const one of makings(spotAt(root, 'answer', 'opened', 'by'))) check(one, [...identity, ...made, 'value']);
  for (const { value } of pairsAt(root, 'values')) for (const one of makings(value)) check(one, request);
  checkRings(root);
  checkKeys(root);
  for (const receipt of itemsAt(root, 'answer', 'receipts')) {
    const keys = keysAt(receipt);
    if (!keys.includes('verdict') && !keys.includes('verdicts')) receipt.mistake('KEY_MISSING', { key: 'verdict' });
    if (keys.includes('verdicts') && !keys.includes('code')) receipt.mistake('KEY_MISSING', { key: 'code' });
  }
  for (const { value } of pairsAt(root, 'values')) checkTime(spotAt(value, 'time'));
}

/** The texts a value is made of. */
function makings(value: Spot): readonly Spot[] {
  return ['text', 'of', 'key', 'iv'].map((key) => spotAt(value, key)).filter(({ node }) => isScalar(node) && node.value !== 'random');
}

/** Whether a value is made of that name, directly or by others. */
function reaches(root: Spot, name: string, goal: string, met: ReadonlySet<string> = new Set()): boolean {
  if (name === goal) return true;
  if (met.has(name)) return false;
  return namesOfValue(root, name).some((one) => reaches(root, one, goal, new Set([...met, name])));
}

function namesOfValue(root: Spot, name: string): readonly string[] {
  const value = pairsAt(root, 'values').find((pair) => pair.name === name)?.value;
  return value === undefined ? [] : makings(value).flatMap((one) => textsIn(one).flatMap(({ text }) => namesIn(text)));
}

/** A value that waits for itself would wait for ever. */
function checkRings(root: Spot): void {
  for (const { name, key } of pairsAt(root, 'values')) {
    if (namesOfValue(root, name).some((one) => reaches(root, one, name))) key.mistake('VALUE_RING', { name });
  }
}

function checkKeys(root: Spot): void {
  const keys = keysAt(root, 'keys');
  const users = [...pairsAt(root, 'values').map(({ value }) => value), ...pairsAt(root, 'tokens').map(({ value }) => spotAt(value, 'opened')), spotAt(root, 'answer', 'opened', 'by')];
  for (const user of users) {
    const spot = spotAt(user, 'with');
    if (isScalar(spot.node) && typeof spot.node.value === 'string' && !keys.includes(spot.node.value)) spot.mistake('KEY_UNKNOWN', { key: spot.node.value, near: nearest(spot.node.value, keys) });
  }
}

function checkTime(spot: Spot): void {
  if (!isScalar(spot.node) || typeof spot.node.value !== 'string' || ['seconds', 'milliseconds', 'fraction'].includes(spot.node.value)) return;
  if (/[A-Za-z]/.test(spot.node.value.replaceAll(/yyyy|MM|dd|HH|mm|SSS|ss|T/g, '')) || !/yyyy/.test(spot.node.value)) spot.mistake('DATE_PATTERN_WRONG', { pattern: spot.node.value });
}

/** Every text of a value, with its place; the names of blocks are texts too. */
function textsIn(spot: Spot): readonly { readonly text: string; readonly at: Spot }[] {
  const { node } = spot;
  if (isScalar(node)) return typeof node.value === 'string' ? [{ text: node.value, at: spot }] : [];
  if (isSeq(node)) return node.items.flatMap((item) => textsIn(spot.inner(item)));
  if (isMap(node)) return node.items.flatMap((pair) => [...textsIn(spot.inner(pair.key)), ...textsIn(spot.inner(pair.value))]);
  return [];
}

function numberAt(root: Spot, ...path: readonly string[]): number | undefined {
  const { node } = spotAt(root, ...path);
  return isScalar(node) && typeof node.value === 'number' ? node.value : undefined;
}
