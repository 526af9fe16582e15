import { call } from '../../api/call.ts';
import type { CodeTable } from '../../api/calls.ts';

/** The code tables in which a value has no partner: where a line can be added for it. */
export async function tablesWithout(value: string, signal: AbortSignal): Promise<readonly CodeTable[]> {
  const { codeTables } = await call('listMappings', {}, signal);
  const lacking = codeTables.filter((one) => one.unmapped > 0);
  const tables = await Promise.all(lacking.map((one) => call('getCodeTable', { path: { table: one.table } }, signal)));
  return tables.filter((one) => one.unmapped.some((gap) => gap.value === value));
}
