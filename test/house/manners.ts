import { basename } from 'node:path';
import type { Tree } from './tree.ts';

const drawers = ['utils', 'util', 'common', 'helpers', 'helper', 'types', 'manager', 'service', 'misc'];

const forbiddenWords: readonly (readonly [RegExp, string])[] = [
  [/[:<,|(]\s*any\b(?!\w)|\bas any\b/, 'any'],
  [/@ts-(?:ignore|nocheck|expect-error)/, '@ts-ignore'],
  [/(?:eslint|oxlint)-disable/, 'lint switched off'],
  [/rejectUnauthorized['"]?\s*[:=](?!\s*true)|NODE_TLS_REJECT_UNAUTHORIZED/, 'certificates not verified'],
  [/\b(?:createSign|createVerify|sign|verify)\(\s*'sm3'/, 'SM2 without the standard\'s user id'],
  [/^\s*(?:export\s+)?(?:declare\s+)?(?:const\s+)?enum\s/, 'enum'],
];

const world: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\b/, 'Date.now'],
  [/\bnew Date\(\s*\)/, 'new Date()'],
  [/\bMath\.random\b/, 'Math.random'],
  [/\bset(?:Timeout|Interval|Immediate)\b/, 'a timer'],
  [/\bprocess\.env\b/, 'process.env'],
  [/\bprocess\.hrtime\b|\bperformance\.now\b/, 'a clock'],
  [/\brandom(?:Bytes|UUID|Int)\b/, 'randomness'],
  [/\bfetch\(/, 'fetch'],
  [/(?:from|import)\s*\(?\s*'(?:node:)?(?:net|http|https|http2|dgram|tls|timers|timers\/promises)'/, 'a socket or timer module'],
];

/** Files of src that may touch clock, luck and environment, because they hand them on to everyone else. */
const worldly = (path: string): boolean => path === 'src/main.ts' || path.startsWith('src/cli/');

/** Files longer than the wall of 300 lines. */
export function tooLong(tree: Tree): readonly string[] {
  return [...tree].filter(([, text]) => lineCount(text) > 300).map(([path, text]) => `${path} has ${lineCount(text)} lines`);
}

/** Files and folders whose name tells a reader nothing. */
export function drawerNames(tree: Tree): readonly string[] {
  return [...tree.keys()].filter((path) => path.split('/').some((part) => drawers.includes(stem(part))));
}

/** Names that are not kebab-case. */
export function oddNames(tree: Tree): readonly string[] {
  return [...tree.keys()].filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem(basename(path))));
}

/** Lines that switch off the type checker or the linter, or use words the runtime cannot strip. */
export function looseWords(tree: Tree): readonly string[] {
  return grep(tree, forbiddenWords);
}

/** Lines in the engine that reach for the clock, luck, environment or a socket instead of being given them. */
export function worldInEngine(tree: Tree): readonly string[] {
  return grep(new Map([...tree].filter(([path]) => path.startsWith('src/') && !worldly(path))), world);
}

function grep(tree: Tree, words: readonly (readonly [RegExp, string])[]): readonly string[] {
  return [...tree].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) =>
      words.filter(([pattern, word]) => pattern.test(/^@ts|lint/.test(word) ? line : code(line))).map(([, word]) => `${path}:${index + 1} ${word}`),
    ),
  );
}

/** The line without what a comment says. */
function code(line: string): string {
  return /^\s*(?:\/?\*|\/\/)/.test(line) ? '' : line.replace(/\s\/\/ .*$/, '').replace(/\/\*\*?.*?\*\//g, '');
}

function stem(part: string): string {
  return part.replace(/(?:\.test|\.spec|\.d)?\.[a-z]+$/, '');
}

function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
