import { hash } from 'node:crypto';
import type { HttpProfile } from '../../src/port/profile.ts';
import type { BodyFormat, Tree } from '../../src/port/profile-value.ts';
import type { Label } from '../../src/port/region.ts';
import { partsOf, type Part } from '../../src/port/template.ts';
import type { Entry, Parcel } from '../../src/record/batch.ts';
import { filled, recordWriter, type Known } from '../region-records/record-writer.ts';
import { isList } from './scope.ts';

/** A piece of a body: JSON as it stands, a value, or a text with names in it. */
type Piece = string | { readonly parts: readonly Part[] };

/** Writes a batch's bytes as the profile says: the same label and entries give the same bytes for ever. */
export function wrapper(profile: HttpProfile): (label: Label, entries: readonly Entry[]) => Parcel {
  const { push, identity } = profile;
  const write = recordWriter(profile.records);
  const bodies = new Map<string, readonly Piece[]>();
  const bodyOf = (table: string): readonly Piece[] => {
    const made = bodies.get(table) ?? piecesOf(push.tables?.[table]?.body ?? push.body, push.format ?? 'json');
    bodies.set(table, made);
    return made;
  };
  return ({ no, table, time }, entries) => {
    const known: Known = { ...identity, ...push.tables?.[table]?.values, batchNo: no, table, time, count: entries.length };
    const records = write(entries, known);
    const list = Buffer.from(`[${records.join(',')}]`);
    const digest = hash('sm3', list);
    const [only] = entries;
    const names: Known = {
      ...known, digest, ...(entries.length === 1 && only !== undefined ? { rowGuid: only.rowGuid, operation: profile.records.operations[only.operation] } : {}),
    };
    const body = Buffer.concat(bodyOf(table).map((piece) => bytesOf(piece, { names, list, record: records[0] ?? '{}', format: push.format ?? 'json' })));
    return { no, table, count: entries.length, rowGuids: entries.map((entry) => entry.rowGuid), digest, body };
  };
}

function bytesOf(piece: Piece, about: { readonly names: Known; readonly list: Buffer; readonly record: string; readonly format: BodyFormat }): Buffer {
  if (typeof piece === 'string') return Buffer.from(piece);
  const [only] = piece.parts;
  const alone = piece.parts.length === 1 && typeof only === 'object' ? only.name : null;
  const form = about.format === 'form';
  if (alone === 'records') return form ? Buffer.from(encodeURIComponent(about.list.toString())) : about.list;
  if (alone === 'record') return Buffer.from(form ? encodeURIComponent(about.record) : about.record);
  const worth = filled(piece.parts, about.names);
  return Buffer.from(form ? encodeURIComponent(String(worth)) : JSON.stringify(worth));
}

/** A form has the tree's names on one level; JSON nests. */
function piecesOf(tree: Tree, format: BodyFormat): readonly Piece[] {
  if (format === 'json') return joined(jsonPieces(tree));
  if (typeof tree !== 'object' || tree === null || isList(tree)) throw new Error('a form is a block of names');
  return joined(Object.entries(tree).flatMap(([name, value], at): Piece[] => [
    `${at === 0 ? '' : '&'}${encodeURIComponent(name)}=`,
    typeof value === 'string' ? { parts: partsOf(value) } : encodeURIComponent(JSON.stringify(value)),
  ]));
}

function jsonPieces(tree: Tree): readonly Piece[] {
  if (typeof tree === 'string') return tree.includes('{') ? [{ parts: partsOf(tree) }] : [JSON.stringify(tree)];
  if (typeof tree !== 'object' || tree === null) return [JSON.stringify(tree)];
  if (isList(tree)) return ['[', ...tree.flatMap((one, at) => [...(at === 0 ? [] : [',']), ...jsonPieces(one)]), ']'];
  const entries = Object.entries(tree).flatMap(([name, one], at): Piece[] => [
    at === 0 ? '' : ',', ...jsonPieces(name), ':', ...jsonPieces(one),
  ]);
  return ['{', ...entries, '}'];
}

function joined(pieces: readonly Piece[]): readonly Piece[] {
  const made: Piece[] = [];
  for (const piece of pieces) {
    const before = made.at(-1);
    if (typeof piece === 'string' && typeof before === 'string') made[made.length - 1] = before + piece;
    else made.push(piece);
  }
  return made;
}
