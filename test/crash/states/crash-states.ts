import type { Luck } from '../../../src/port/clock.ts';
import type { Step } from './traced.ts';

/** What a disk may hold after a power cut, file by file, and how much had been acknowledged by then. */
export interface CrashState {
  readonly files: ReadonlyMap<string, Buffer>;
  readonly acknowledged: number;
  /** How it came about, to be told when something is wrong with it. */
  readonly how: string;
}

type Change = Exclude<Step, { kind: 'sync' | 'sync-folder' | 'acknowledged' }>;

const sector = 512;

/** What becomes of writes that nobody has waited for: all are there, none, some, or some with one of them torn in the middle. */
const fates = ['all', 'none', 'some', 'torn'] as const;

/** The power is cut after so many steps; what had been synced is there, of the rest luck decides. */
export function crashState(steps: readonly Step[], cut: number, luck: Luck): CrashState {
  const durable = new Map<string, Buffer>();
  const pending = new Map<string, Change[]>();
  let acknowledged = 0;
  for (const step of steps.slice(0, cut)) {
    if (step.kind === 'acknowledged') acknowledged += 1;
    else if (step.kind === 'sync') {
      for (const change of pending.get(step.file) ?? []) apply(durable, change);
      pending.delete(step.file);
    } else if (step.kind === 'sync-folder') {
      for (const [file, changes] of pending) pending.set(file, removed(durable, file, changes));
    } else pending.set(step.file, [...pending.get(step.file) ?? [], step]);
  }
  const how: string[] = [];
  for (const [file, changes] of pending) {
    const fate = fates[Math.floor(luck() * fates.length)] ?? 'all';
    how.push(`${file} ${fate} of ${changes.length}`);
    const kept = fate === 'all' ? changes : fate === 'none' ? [] : changes.filter(() => luck() < 0.5);
    const torn = fate === 'torn' ? kept.findLast((change) => change.kind === 'write') : undefined;
    for (const change of kept) apply(durable, change === torn && change.kind === 'write' ? tornOf(change, luck) : change);
  }
  return { files: durable, acknowledged, how: `cut after ${cut} of ${steps.length}: ${how.join('; ')}` };
}

/** What is still pending of a file once its removal is on the disk. */
function removed(durable: Map<string, Buffer>, file: string, changes: readonly Change[]): Change[] {
  const at = changes.findLastIndex((change) => change.kind === 'unlink');
  if (at >= 0) durable.delete(file);
  return changes.slice(at + 1);
}

/** Only some sectors of a write have reached the disk; the others are as they were, or nothing. */
function tornOf(change: Extract<Change, { kind: 'write' }>, luck: Luck): Change {
  const first = Math.floor(luck() * Math.ceil(change.bytes.length / sector));
  const end = Math.min(change.bytes.length, (first + 1) * sector);
  return { ...change, at: change.at + first * sector, bytes: change.bytes.subarray(first * sector, end) };
}

function apply(files: Map<string, Buffer>, change: Change): void {
  const before = files.get(change.file) ?? Buffer.alloc(0);
  if (change.kind === 'unlink') files.delete(change.file);
  else if (change.kind === 'truncate') files.set(change.file, sized(before, change.length));
  else {
    const image = change.at + change.bytes.length > before.length ? sized(before, change.at + change.bytes.length) : Buffer.from(before);
    change.bytes.copy(image, change.at);
    files.set(change.file, image);
  }
}

function sized(image: Buffer, length: number): Buffer {
  return length <= image.length ? Buffer.from(image.subarray(0, length)) : Buffer.concat([image, Buffer.alloc(length - image.length)]);
}
