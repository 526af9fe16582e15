import { lastLine, type Rehearsal } from './rehearsal.ts';

/** What came of applications that went down and of their progress that went up. */
export interface BothWays {
  readonly issued: number;
  /** Cases in the county under the region's numbers, and copies beyond the first. */
  readonly entered: number;
  readonly copies: number;
  readonly acknowledged: string;
  /** Rows sent up before anybody at the county had touched an application: echoes. */
  readonly echoesBefore: number;
  /** Rows sent up after corrections that came down, which nobody at the county had touched: echoes. */
  readonly echoesAfter: number;
  /** How `up_pro_accept` of the applications went up, letter by letter: `U` is a change of the region's own row, `I` would be a new case. */
  readonly acceptOperations: string;
  readonly equal: boolean;
  readonly differences: number;
  /** At most twenty of them, never with what stands in them. */
  readonly examples: readonly unknown[];
}

interface Effects { readonly effects: readonly { readonly id: number; readonly table: string; readonly rowGuid: string; readonly operation: string; readonly batchNo: string }[]; readonly next: number | null }
type Counts = { readonly read: number; readonly delivered: number; readonly quarantined: number; readonly same: number; readonly pending: number };

/** Issues applications, lets the window handle them, corrects some at the region, and compares both sides at the end. */
export async function bothWays(at: Rehearsal, count: number): Promise<BothWays> {
  const { applications } = await at.script('demo/online-cases.ts', '--step', 'issue', '--count', String(count)) as { applications: readonly { row_guid: string }[] };
  const guids = new Set(applications.map((one) => one.row_guid));
  let seen = await newest(at);
  const sentSince = async (): Promise<Effects['effects']> => {
    const all = await effectsAfter(at, seen);
    seen = all.at(-1)?.id ?? seen;
    return all.filter((one) => !one.batchNo.startsWith('issued-'));
  };
  await at.control('POST', '/sim/issue', { resource: 'applications', records: applications });
  await run(at, 'pull-applications');
  await run(at, 'cases');
  const echoesBefore = (await sentSince()).length;
  const { entered, copies } = await at.script('demo/online-cases.ts', '--step', 'handle') as { entered: number; copies: number };
  await run(at, 'cases');
  const acceptOperations = [...new Set((await sentSince()).filter((one) => one.table === 'up_pro_accept' && guids.has(one.rowGuid)).map((one) => one.operation))].join('');
  const corrected = await at.script('demo/online-cases.ts', '--step', 'correct') as { applications: readonly unknown[] };
  await at.control('POST', '/sim/issue', { resource: 'applications', records: corrected.applications });
  await run(at, 'pull-applications');
  await run(at, 'cases');
  await run(at, 'cases-sweep');
  const echoesAfter = (await sentSince()).length;
  const state = await at.control('GET', '/sim/state') as { acknowledged: Record<string, string> };
  const compared = await at.script('demo/compare-region.ts') as { equal: boolean; missing: number; extra: number; different: number; duplicates: number; examples: readonly unknown[] };
  return {
    issued: applications.length, entered, copies, acknowledged: state.acknowledged['applications'] ?? '', echoesBefore, echoesAfter, acceptOperations,
    equal: compared.equal, differences: compared.missing + compared.extra + compared.different + compared.duplicates, examples: compared.examples,
  };
}

async function run(at: Rehearsal, job: string): Promise<Counts> {
  const ended = await at.qilian('run', job, '--json');
  if (ended.code !== 0) throw new Error(`${job} ended with ${ended.code}: ${ended.out} ${ended.err}`);
  return lastLine<Counts>(ended);
}

async function newest(at: Rehearsal): Promise<number> {
  return (await effectsAfter(at, 0)).at(-1)?.id ?? 0;
}

async function effectsAfter(at: Rehearsal, after: number): Promise<Effects['effects']> {
  const all: Effects['effects'][number][] = [];
  for (let place = after; ;) {
    const { effects } = await at.control('GET', `/sim/effects?after=${place}&limit=10000`) as Effects;
    all.push(...effects);
    if (effects.length === 0) return all;
    place = effects.at(-1)?.id ?? place;
  }
}
