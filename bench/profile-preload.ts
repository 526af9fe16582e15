/**
 * Loaded into a profiled process with `--import`: gives native calls a name of their own in the profile, where V8 would
 * count them to whoever called, and adds up the time of each SQL statement into the file named by BENCH_STATEMENTS.
 * Costs a little, so it is loaded only for the profile, never for the comparison.
 */
import { writeFileSync } from 'node:fs';
import { DatabaseSync, StatementSync } from 'node:sqlite';

type Native = (this: unknown, ...parts: unknown[]) => unknown;

const spent = new Map<string, { ms: number; calls: number }>();

rename(StatementSync.prototype, ['run', 'get', 'all'], (call) => function nodeSqlite(this: unknown, ...parts) {
  return timed(this instanceof StatementSync ? this.sourceSQL : '', () => call.apply(this, parts));
});
rename(DatabaseSync.prototype, ['exec'], (call) => function nodeSqlite(this: unknown, ...parts) {
  return timed(String(parts[0]), () => call.apply(this, parts));
});
rename(JSON, ['stringify', 'parse'], (call) => function json(this: unknown, ...parts) {
  return call.apply(this, parts);
});

const file = process.env['BENCH_STATEMENTS'];
if (file !== undefined) process.on('exit', () => writeFileSync(file, JSON.stringify([...spent].map(([sql, one]) => ({ sql, ...one })))));

function timed(sql: string, work: () => unknown): unknown {
  const began = process.hrtime.bigint();
  try {
    return work();
  } finally {
    const one = spent.get(sql) ?? { ms: 0, calls: 0 };
    one.ms += Number(process.hrtime.bigint() - began) / 1e6;
    one.calls += 1;
    spent.set(sql, one);
  }
}

function rename(owner: object, methods: readonly string[], wrap: (call: Native) => Native): void {
  for (const method of methods) {
    const call: unknown = Reflect.get(owner, method);
    if (typeof call === 'function') Reflect.set(owner, method, wrap(call as Native));
  }
}
