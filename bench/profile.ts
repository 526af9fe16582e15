import { readFileSync } from 'node:fs';

/** One line of the answer to "where does the time go": a room or a part of the runtime, and its own time. */
export interface Share {
  readonly room: string;
  readonly ms: number;
}

/** One SQL statement's wall time over a run, waits for the disk included. */
export interface StatementShare {
  readonly sql: string;
  readonly ms: number;
  readonly calls: number;
}

/** The statements that took most time, from the file that `profile-preload.ts` writes. */
export function statementsOf(file: string, most: number): readonly StatementShare[] {
  const all = JSON.parse(readFileSync(file, 'utf8')) as readonly StatementShare[];
  return all.toSorted((a, b) => b.ms - a.ms).slice(0, most);
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const native: readonly (readonly [RegExp, string])[] = [
  [/^\(garbage collector\)$/, 'garbage collection'],
  [/^\(idle\)$/, 'idle'],
  [/^\(program\)$/, 'the runtime itself'],
];

/** The file that gives native calls their names: `json`, and everything about SQL. */
const namesGiven = '/bench/profile-preload.ts';

/** Own time by room, largest first, from a `.cpuprofile`; native calls without a name count to their caller's room. */
export function sharesOf(file: string, root: string): readonly Share[] {
  const profile = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile;
  const parents = new Map(profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)));
  const names = new Map(profile.nodes.map((node) => [node.id, roomOf(node, parents, root)]));
  const sums = new Map<string, number>();
  profile.samples.forEach((id, index) => {
    const room = names.get(id) ?? 'unknown';
    sums.set(room, (sums.get(room) ?? 0) + (profile.timeDeltas[index] ?? 0) / 1000);
  });
  return [...sums].map(([room, ms]) => ({ room, ms })).toSorted((a, b) => b.ms - a.ms);
}

function roomOf(node: ProfileNode, parents: ReadonlyMap<number, ProfileNode>, root: string): string {
  const { url, functionName } = node.callFrame;
  if (url.endsWith(namesGiven)) return functionName === 'json' ? 'JSON' : 'node:sqlite';
  if (url !== '') return roomOfUrl(url, root);
  const known = native.find(([pattern]) => pattern.test(functionName))?.[1];
  if (known !== undefined) return known;
  const parent = parents.get(node.id);
  return parent === undefined ? 'the runtime itself' : roomOf(parent, parents, root);
}

function roomOfUrl(url: string, root: string): string {
  if (url.startsWith('node:')) {
    if (/^node:(internal\/crypto|crypto)/.test(url)) return 'crypto';
    if (/^node:(_http|http|net|internal\/stream_base|internal\/streams|_stream|internal\/http|events|buffer|internal\/dns)/.test(url)) return 'HTTP and sockets';
    if (/^node:internal\/(modules|process\/esm|vm|fs|deps)/.test(url)) return 'loading';
    return 'the runtime itself';
  }
  if (!url.startsWith('file:')) return 'the runtime itself';
  const path = decodeURIComponent(url.replace(/^file:\/\//, '')).replace(`${root}/`, '');
  const packaged = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
  if (packaged !== undefined) return ['axios', 'follow-redirects'].includes(packaged) ? 'HTTP and sockets' : packaged;
  const [first = '', second = ''] = path.split('/');
  return first === 'src' || first === 'adapters' ? `${first}/${second}` : first;
}
