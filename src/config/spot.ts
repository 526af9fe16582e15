import { LineCounter, parseDocument, type Node } from 'yaml';
import type { Mistake } from './mistake.ts';
import { structureOf, type Structure } from './structure.ts';

/** The environment the site's `${NAME}` are taken from. */
export type Env = Readonly<Record<string, string | undefined>>;

/** A file being read: where its mistakes are collected, and whether `${NAME}` means something in it. */
interface Sheet {
  readonly file: string;
  readonly lines: LineCounter;
  readonly aliases: Structure['targets'];
  readonly mistakes: Mistake[];
  readonly env: Env | null;
}

/** A value in a file, with the place where it stands. */
export class Spot {
  readonly sheet: Sheet;
  readonly node: Node | null;
  /** Offset in the file; for an empty value, that of its key. */
  readonly offset: number;

  constructor(sheet: Sheet, node: unknown, offset: number) {
    this.sheet = sheet;
    const written = (node ?? null) as Node | null;
    this.node = written === null ? null : sheet.aliases.get(written) ?? written;
    this.offset = this.node?.range?.[0] ?? offset;
  }

  /** Notes a mistake at this place, or so many characters into it; gives undefined, so that a reader can return it. */
  mistake(code: string, facts: Mistake['facts'] = {}, further = 0): undefined {
    const { line, col } = this.sheet.lines.linePos(this.offset + further);
    this.sheet.mistakes.push({ file: this.sheet.file, line: Math.max(line, 1), column: Math.max(col, 1), code, facts: short(facts) });
  }

  /** The line on which it begins, counted from 1. */
  line(): number {
    return Math.max(this.sheet.lines.linePos(this.offset).line, 1);
  }

  /** Whether this mistake has been noted at this very place. */
  noted(code: string): boolean {
    const { line, col } = this.sheet.lines.linePos(this.offset);
    const { file, mistakes } = this.sheet;
    return mistakes.some((one) => one.code === code && one.file === file && one.line === line && one.column === col);
  }

  /** The same place, read without noting anything: for looking ahead at what is read properly elsewhere. */
  quietly(): Spot {
    return new Spot({ ...this.sheet, mistakes: [] }, this.node, this.offset);
  }

  /** A value inside this one. */
  inner(node: unknown, offset = this.offset): Spot {
    return new Spot(this.sheet, node, offset);
  }
}

/** What a file is read with. */
export interface Opening {
  readonly file: string;
  readonly mistakes: Mistake[];
  /** Given only for files in which `${NAME}` stands for a variable of the environment. */
  readonly env?: Env;
}

/** Characters of a file beyond which it is not one a person wrote. */
const mostText = 8_000_000;

/** Opens a YAML text; what YAML itself cannot accept is noted, and then there is no root. */
export function openSheet(text: string, { file, mistakes, env }: Opening): Spot | undefined {
  if (text.length > mostText) {
    mistakes.push({ file, line: 1, column: 1, code: 'FILE_TOO_LARGE', facts: { length: text.length, limit: mostText } });
    return undefined;
  }
  const brackets = beyondBrackets(text);
  if (brackets !== null) {
    const before = text.slice(0, brackets).split('\n');
    mistakes.push({ file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, code: 'NESTED_TOO_DEEP', facts: { limit: mostBrackets } });
    return undefined;
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const built = document.errors.length > 0 ? { targets: new Map(), flaws: [] } : structureOf(document.contents);
  const sheet: Sheet = { file, lines, aliases: built.targets, mistakes, env: env ?? null };
  for (const error of document.errors.slice(0, 20)) new Spot(sheet, null, error.pos[0]).mistake('YAML_SYNTAX', { reason: error.code });
  if (document.errors.length > 0) return undefined;
  for (const { offset, code, facts } of built.flaws) new Spot(sheet, null, offset).mistake(code, facts);
  return built.flaws.every(({ code }) => code === 'DUPLICATE_KEY') ? new Spot(sheet, document.contents, 0) : undefined;
}

/** Brackets open at a time beyond which the parser would not be asked: what it says then depends on how much stack is left. */
const mostBrackets = 200;

/** Where too many brackets are open, quoted or not. */
function beyondBrackets(text: string): number | null {
  let open = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === 0x5b || sign === 0x7b) open += 1;
    else if ((sign === 0x5d || sign === 0x7d) && open > 0) open -= 1;
    if (open > mostBrackets) return at;
  }
  return null;
}

/** A sentence has room for a name, not for a file. */
function short(facts: Mistake['facts']): Mistake['facts'] {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, typeof fact === 'string' && fact.length > 400 ? `${fact.slice(0, 400)}…` : fact]));
}
