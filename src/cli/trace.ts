import type { Trace, TraceVersion } from '../port/store.ts';
import { Failure } from '../record/failure.ts';
import { zoneMinutes } from '../schedule/gateway.ts';
import { localTime } from './local-time.ts';
import { lookInto, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';

/** `qilian trace <dataset> <key>`: everything that happened to one record, by the county's key or its own identifier. */
export async function trace(invocation: Invocation, dataset: string, key: string): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const site = await readSite(invocation);
  if (!site.datasets.some((one) => one.dataset === dataset)) {
    throw new Failure('DATASET_UNKNOWN', { dataset, known: site.datasets.map((one) => one.dataset).join('、') });
  }
  const store = lookInto(invocation, site);
  try {
    const found = await store.trace(dataset, key);
    if (found === null) throw new Failure('RECORD_UNKNOWN', { dataset, key });
    if (json) parts.out(JSON.stringify(found));
    else for (const line of walk(found, invocation, zoneMinutes(site.zone))) parts.out(line);
    return 0;
  } finally {
    await store.close();
  }

  function walk(record: Trace, { texts: words }: Invocation, zone: number): string[] {
    const held = record.ledger === null
      ? words.say('cli.trace.notAtRegion')
      : words.say('cli.trace.atRegion', { version: record.ledger.version, rows: record.ledger.rows.length });
    return [
      `${record.dataset} ${record.key}${record.identity === null ? '' : `  ${record.identity}`}`,
      held,
      ...record.corrections.map((one) => words.say(one.lapsedAt === null ? 'cli.trace.corrected' : 'cli.trace.correctionLapsed', {
        column: one.child === '' ? one.column : `${one.child}.${one.column}`, who: one.who, why: one.why, at: localTime(one.madeAt, zone), until: localTime(one.lapsedAt, zone),
      })),
      ...record.versions.flatMap((version) => versionLines(version, zone)),
    ];
  }

  function versionLines(version: TraceVersion, zone: number): string[] {
    const lines = ['', texts.say('cli.trace.version', {
      version: version.version, at: localTime(version.keptAt, zone), run: version.run, made: version.made,
      operation: texts.say(`cli.operation.${version.operation}`), state: texts.say(`cli.envelope.${version.state}`),
    })];
    if (version.deed !== null) lines.push(`  ${texts.say('cli.trace.deed', { ...version.deed, at: localTime(version.deed.at, zone) })}`);
    if (version.waits !== null) lines.push(`  ${texts.say('cli.trace.waits', { need: version.waits })}`);
    for (const problem of version.problems) lines.push(`  ${problem.code} ${texts.sentence(problem)}`);
    for (const batch of version.batches) {
      lines.push(`  ${texts.say('cli.trace.batch', { no: batch.no, table: batch.table, at: localTime(batch.writtenAt, zone), state: texts.say(`cli.batch.${batch.state}`) })}`);
      for (const attempt of batch.attempts) {
        lines.push(`    ${localTime(attempt.at, zone)} ${texts.say(`cli.attempt.${attempt.kind}`)} ${texts.say(`cli.verdict.${attempt.verdict}`)} ${attempt.detail}`.trimEnd());
      }
      for (const receipt of batch.receipts) {
        lines.push(`    ${texts.say('cli.trace.receipt', { rowGuid: receipt.rowGuid, verdict: texts.say(`cli.verdict.${receipt.verdict}`) })} ${receipt.code} ${receipt.field} ${receipt.message}`.trimEnd());
      }
    }
    return lines;
  }
}
