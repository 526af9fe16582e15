import { isMap, isScalar, isSeq, parseDocument, visit, type Document, type Node } from 'yaml';
import type { Luck } from '../../src/port/clock.ts';

/** What a careless, unlucky or malicious hand does to the text of a file. */
export interface Mutation {
  readonly name: string;
  readonly of: (text: string, luck: Luck) => string;
}

const odd = ['\t', '\0', '\u2028', '\ufeff', '\u202e', '𠮷', 'ᠮ', '😀', '\ud800', '\r', '"', "'", '{', '}', '[', ']', '&', '*', '!', '%', '@', '`', '|', '>', '#', ':', '- ', ',', '?', '~', '<<: ', '---\n', '...\n', '${', '}', '\\'];

const values = [
  'null', '~', '', 'true', 'no', '1e999', '-0', '.inf', '.nan', '0x1F', '007', '9007199254740993', '2026-13-45', '""', '"\\u0000"', '" "', '[]', '{}', '[[]]',
  '*nobody', '&a [*a]', '!!binary x', '!!js/function y', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '"${NOT_SET}"', '${', '"../../etc"', '/dev/zero', '|\n  block', '>-\n    folded',
  `"${'长'.repeat(5_000)}"`, 'x'.repeat(200_000), '['.repeat(3_000), '{a: '.repeat(500), '{ a: { b: { c: [ { d: [ ] } ] } } }',
  '[&b [x, x, x, x, x, x, x, x], &c [*b, *b, *b, *b, *b, *b, *b, *b], &d [*c, *c, *c, *c, *c, *c, *c, *c], &e [*d, *d, *d, *d, *d, *d, *d, *d], &f [*e, *e, *e, *e, *e, *e, *e, *e], [*f, *f, *f, *f, *f, *f, *f, *f]]',
];

const pick = <T>(list: readonly T[], luck: Luck): T => list[Math.floor(luck() * list.length)] as T;
const within = (length: number, luck: Luck): number => Math.floor(luck() * (length + 1));

function lines(text: string, luck: Luck, work: (all: string[], at: number) => void): string {
  const all = text.split('\n');
  work(all, Math.floor(luck() * all.length));
  return all.join('\n');
}

function inserted(text: string, luck: Luck, piece: string): string {
  const at = within(text.length, luck);
  return text.slice(0, at) + piece + text.slice(at);
}

/** Every place of a document at which a value stands. */
function spots(document: Document): { readonly node: Node; readonly set: (value: unknown) => void }[] {
  const found: { node: Node; set: (value: unknown) => void }[] = [];
  visit(document, {
    Pair: (_, pair) => {
      found.push({ node: pair.value as Node, set: (value) => { pair.value = value; } });
    },
    Seq: (_, list) => {
      list.items.forEach((item, at) => found.push({ node: item as Node, set: (value) => { list.items[at] = value; } }));
    },
  });
  return found;
}

function onNodes(text: string, work: (all: ReturnType<typeof spots>, document: Document) => void): string {
  const document = parseDocument(text);
  const all = spots(document);
  if (document.errors.length > 0 || all.length === 0) return text;
  work(all, document);
  try {
    return String(document);
  } catch {
    return text;
  }
}

/** Ways to spoil a file, on its text and on its nodes. */
export const mutations: readonly Mutation[] = [
  { name: 'a line taken out', of: (text, luck) => lines(text, luck, (all, at) => all.splice(at, 1)) },
  { name: 'a line twice', of: (text, luck) => lines(text, luck, (all, at) => all.splice(at, 0, all[at] ?? '')) },
  { name: 'a line a hundred times', of: (text, luck) => lines(text, luck, (all, at) => all.splice(at, 0, ...Array.from({ length: 100 }, () => all[at] ?? ''))) },
  { name: 'two lines exchanged', of: (text, luck) => lines(text, luck, (all, at) => {
    const other = Math.floor(luck() * all.length);
    [all[at], all[other]] = [all[other] ?? '', all[at] ?? ''];
  }) },
  { name: 'a line further in or out', of: (text, luck) => lines(text, luck, (all, at) => { all[at] = luck() < 0.5 ? `  ${all[at] ?? ''}` : (all[at] ?? '').replace(/^ {1,2}/, ''); }) },
  { name: 'a line with a tab', of: (text, luck) => lines(text, luck, (all, at) => { all[at] = `\t${all[at] ?? ''}`; }) },
  { name: 'a piece taken out', of: (text, luck) => {
    const at = within(text.length, luck);
    return text.slice(0, at) + text.slice(at + within(60, luck));
  } },
  { name: 'an odd character', of: (text, luck) => inserted(text, luck, pick(odd, luck)) },
  { name: 'an odd character many times', of: (text, luck) => inserted(text, luck, pick(odd, luck).repeat(within(2_000, luck))) },
  { name: 'an odd value after a colon', of: (text, luck) => lines(text, luck, (all, at) => { all[at] = (all[at] ?? '').replace(/: .*$/, () => `: ${pick(values, luck)}`); }) },
  { name: 'an odd value inside a line', of: (text, luck) => lines(text, luck, (all, at) => { all[at] = (all[at] ?? '').replace(/: [^,}\]]+/, () => `: ${pick(values, luck)}`); }) },
  { name: 'another key', of: (text, luck) => lines(text, luck, (all, at) => { all[at] = (all[at] ?? '').replace(/[\w-]+:/, () => `${pick(['__proto__', 'constructor', 'toString', 'x'.repeat(2_000), '键', '1', '? [a, b]\n', '*a '], luck)}:`); }) },
  { name: 'a letter exchanged', of: (text, luck) => {
    const at = within(text.length - 1, luck);
    return text.slice(0, at) + String.fromCodePoint(32 + Math.floor(luck() * 95)) + text.slice(at + 1);
  } },
  { name: 'cut off', of: (text, luck) => text.slice(0, within(text.length, luck)) },
  { name: 'line ends of another system', of: (text) => text.replaceAll('\n', '\r\n') },
  { name: 'written twice', of: (text, luck) => `${text}${pick(['', '\n---\n', '\n...\n'], luck)}${text}` },
  { name: 'emptied', of: (_, luck) => pick(['', ' ', '\n', '#', 'null', '[]', '{}', '1', 'text', '\0', '%YAML 9.9\n---\n'], luck) },
  { name: 'a value of another kind', of: (text, luck) => onNodes(text, (all, document) => pick(all, luck).set(document.createNode(pick([null, true, 0, -1, 1e21, 0.5, '', ' ', 'x', [], {}, ['x'], { x: 1 }, [[[]]], new Date(0)], luck)))) },
  { name: 'two values exchanged', of: (text, luck) => onNodes(text, (all) => {
    const [one, other] = [pick(all, luck), pick(all, luck)];
    one.set(other.node);
    other.set(one.node);
  }) },
  { name: 'a value within itself, many times', of: (text, luck) => onNodes(text, (all, document) => {
    const one = pick(all, luck);
    let value: unknown = isScalar(one.node) ? one.node.value : 'x';
    for (let depth = within(120, luck); depth > 0; depth -= 1) value = luck() < 0.5 ? [value] : { join: [value, value].slice(0, 1) };
    one.set(document.createNode(value));
  }) },
  { name: 'an alias for a value', of: (text, luck) => onNodes(text, (all, document) => {
    const target = pick(all.filter((one) => isMap(one.node) || isSeq(one.node) || isScalar(one.node)), luck);
    const place = pick(all, luck);
    target.node.toString();
    if (isMap(target.node) || isSeq(target.node) || isScalar(target.node)) place.set(document.createAlias(target.node, 'a'));
  }) },
];
