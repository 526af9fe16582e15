import type { CodeTable, Steps } from './dataset.ts';

/** A step that turns one text into another; an empty text afterwards means no value. */
export type TextStep = (text: string) => string;

/** The steps from `trim` to `take`, in their order. */
export function textSteps(steps: Steps, codes: Readonly<Record<string, CodeTable>>): readonly TextStep[] {
  const table = steps.characters === undefined ? undefined : codes[steps.characters];
  return [
    ...(steps.trim === true ? [trimmed] : []),
    ...(steps.halfWidth === true ? [halfWidth] : []),
    ...(steps.upper === true ? [upper] : []),
    ...(table === undefined ? [] : [charactersOf(table)]),
    ...(steps.digits === true ? [digitsTogether] : []),
    ...(steps.take === undefined ? [] : [taken(steps.take)]),
  ];
}

/** White space at both ends away, the full-width space U+3000 included. */
function trimmed(text: string): string {
  return text.trim();
}

/** ！ (U+FF01) to ～ (U+FF5E) become the ASCII signs they are wide forms of. */
function halfWidth(text: string): string {
  return /[\uff01-\uff5e]/.test(text) ? text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)) : text;
}

/** Only a–z: the capital of ß or ı is nobody's check character. */
function upper(text: string): string {
  return /[a-z]/.test(text) ? text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()) : text;
}

/** Spaces and hyphens between two digits away. */
function digitsTogether(text: string): string {
  return /[\s\-－‐–—]/.test(text) ? text.replace(/(?<=\d)[\s\-－‐–—]+(?=\d)/g, '') : text;
}

function charactersOf(table: CodeTable): TextStep {
  const replacement = new Map(table.entries.map((entry) => [entry.from, entry.to]));
  return (text) => {
    let written = '';
    for (const character of text) written += replacement.get(character) ?? character;
    return written;
  };
}

/** The part of a composed code that stands in these places; what is shorter has less there, or nothing. */
function taken({ from, to }: NonNullable<Steps['take']>): TextStep {
  return (text) => [...text].slice(from - 1, to).join('');
}

/** Filled up on the right. */
export function padded(pad: NonNullable<Steps['pad']>): TextStep {
  return (text) => text.padEnd(pad.to, pad.with);
}

/** The first so many characters (code points, so that none is halved), or null when the text is not longer. */
export function cutText(text: string, to: number): string | null {
  if (text.length <= to) return null;
  const characters = [...text];
  return characters.length <= to ? null : characters.slice(0, to).join('');
}
