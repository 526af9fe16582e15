/**
 * Loaded into a profiled process with `--import`: gives native calls a name of their own in the profile, where V8 would
 * count them to whoever called. Costs a little, so it is loaded only for the profile, never for the comparison.
 */
import { DatabaseSync, StatementSync } from 'node:sqlite';

type Native = (this: unknown, ...parts: unknown[]) => unknown;

name(StatementSync.prototype, ['run', 'get', 'all'], (call) => function nodeSqlite(this: unknown, ...parts) {
  return call.apply(this, parts);
});
name(DatabaseSync.prototype, ['exec'], (call) => function nodeSqlite(this: unknown, ...parts) {
  return call.apply(this, parts);
});
name(JSON, ['stringify', 'parse'], (call) => function json(this: unknown, ...parts) {
  return call.apply(this, parts);
});

function name(owner: object, methods: readonly string[], wrap: (call: Native) => Native): void {
  for (const method of methods) {
    const call: unknown = Reflect.get(owner, method);
    if (typeof call === 'function') Reflect.set(owner, method, wrap(call as Native));
  }
}
