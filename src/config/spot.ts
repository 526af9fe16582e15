import { isAlias, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { Mistake } from './mistake.ts';

/** The environment the site's `${NAME}` are taken from. */
export type Env = Readonly<Record<string, string | undefined>>;

/** A file being read: where its mistakes are collected, and whether `${NAME}` means something in it. */
interface Sheet {
  readonly file: string;
  readonly lines: LineCounter;
  readonly document: Document;
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
    const found = isAlias(node) ? node.resolve(sheet.document) : node;
    this.node = (found ?? null) as Node | null;
    this.offset = this.node?.range?.[0] ?? offset;
  }

  /** Notes a mistake at this place, or so many characters into it; gives undefined, so that a reader can return it. */
  mistake(code: string, facts: Mistake['facts'] = {}, further = 0): undefined {
    const { line, col } = this.sheet.lines.linePos(this.offset + further);
    this.sheet.mistakes.push({ file: this.sheet.file, line: Math.max(line, 1), column: Math.max(col, 1), code, facts });
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

/** Opens a YAML text; what YAML itself cannot accept is noted, and then there is no root. */
export function openSheet(text: string, { file, mistakes, env }: Opening): Spot | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const sheet: Sheet = { file, lines, document, mistakes, env: env ?? null };
  const root = new Spot(sheet, document.contents, 0);
  for (const error of document.errors) {
    const at = new Spot(sheet, null, error.pos[0]);
    if (error.code === 'DUPLICATE_KEY') at.mistake('DUPLICATE_KEY', { key: text.slice(error.pos[0]).match(/^["']?[^\s:"',]+/)?.[0].replace(/^["']/, '') ?? '' });
    else at.mistake('YAML_SYNTAX', { reason: error.code });
  }
  if (document.errors.some((error) => error.code !== 'DUPLICATE_KEY')) return undefined;
  return root;
}
