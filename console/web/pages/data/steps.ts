import type { RecordWalk } from '../../api/calls.ts';

type Version = RecordWalk['versions'][number];

/** One thing that happened to a version. */
export interface Step {
  readonly at: number;
  readonly key: 'kept' | 'setAside' | 'batch' | 'push' | 'ask' | 'receipt' | 'settled';
  readonly tone: 'plain' | 'good' | 'watch' | 'bad';
  readonly facts: Readonly<Record<string, unknown>>;
  /** What the other side said, as it said it. */
  readonly detail: string;
}

const good = ['accepted', 'settled'];
const bad = ['refused', 'denied'];

/** What happened to a version, in the order of time; of things at the same moment the cause comes first. */
export function stepsOf(version: Version): readonly Step[] {
  const refused = version.problems.some((one) => one.severity === 'refuse');
  const kept: Step = {
    at: version.keptAt, key: refused && version.batches.length === 0 ? 'setAside' : 'kept', tone: refused && version.batches.length === 0 ? 'bad' : 'plain',
    facts: { run: version.run, made: version.made }, detail: '',
  };
  const travelled = version.batches.flatMap((batch) => [
    { at: batch.writtenAt, key: 'batch', tone: 'plain', facts: { no: batch.no, table: batch.table, state: batch.state }, detail: '' } satisfies Step,
    ...batch.attempts.map(({ at, kind, verdict, detail }): Step => ({ at, key: kind === 'ask' ? 'ask' : 'push', tone: toneOf(verdict), facts: { verdict }, detail })),
    ...batch.receipts.map(({ verdict, code, field, message }): Step => ({
      at: version.settledAt ?? batch.attempts.at(-1)?.at ?? batch.writtenAt, key: 'receipt', tone: toneOf(verdict), facts: { verdict }, detail: [code, field, message].filter((one) => one !== '').join(' '),
    })),
  ]);
  const settled: readonly Step[] = version.settledAt === null || version.state !== 'delivered' ? [] : [{ at: version.settledAt, key: 'settled', tone: 'good', facts: {}, detail: '' }];
  return [kept, ...travelled, ...settled].toSorted((a, b) => a.at - b.at);
}

function toneOf(verdict: string): Step['tone'] {
  if (good.includes(verdict)) return 'good';
  return bad.includes(verdict) ? 'bad' : 'watch';
}
