import { resolve } from 'node:path';
import { Failure } from '../record/failure.ts';
import { qualityReport, type QualityReport } from '../quality/report.ts';
import { zoneMinutes } from '../schedule/gateway.ts';
import { lookInto, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { qualitySheets } from './quality-sheets.ts';
import { tableLines } from './table.ts';

/** Rows of each table that a terminal shows; `--json` and `--xlsx` have all of them. */
const shown = 15;

/** `qilian quality`: how many records pass, by dataset, department and rule; with `--xlsx` a workbook with what each department must mend. */
export async function quality(invocation: Invocation, { xlsx }: { readonly xlsx?: string }): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const site = await readSite(invocation);
  const store = lookInto(invocation, site);
  try {
    const zone = zoneMinutes(site.zone);
    const report = await qualityReport(site, store, zone);
    if (xlsx !== undefined) await write(invocation, xlsx, qualitySheets({ report, site, texts, zoneMinutes: zone }));
    const { unmended, ...figures } = report;
    if (json) parts.out(JSON.stringify({ site: site.name, at: parts.clock.wallMs(), ...figures }));
    else for (const line of reportLines(invocation, report)) parts.out(line);
    if (xlsx !== undefined && !json) parts.out(texts.say('cli.quality.written', { file: resolve(xlsx), records: unmended.length }));
    return 0;
  } finally {
    await store.close();
  }
}

async function write({ parts }: Invocation, file: string, sheets: ReturnType<typeof qualitySheets>): Promise<void> {
  try {
    await parts.writeWorkbook(resolve(file), sheets);
  } catch (cause) {
    throw new Failure('FILE_NOT_WRITTEN', { file, reason: cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown' }, cause);
  }
}

function reportLines({ texts }: Invocation, report: QualityReport): readonly string[] {
  const heads = (...keys: readonly string[]): string[] => keys.map((key) => texts.say(`cli.head.${key}`));
  const some = <T>(rows: readonly T[]): readonly T[] => rows.slice(0, shown);
  const more = (rows: readonly unknown[]): readonly string[] => (rows.length > shown ? [texts.say('cli.quality.more', { count: rows.length - shown })] : []);
  return [
    ...tableLines(heads('dataset', 'records', 'passed', 'setAside', 'rate'), report.datasets.map((one) => [`${one.title} ${one.dataset}`, one.records, one.passed, one.refused, share(one.rate)])),
    '',
    ...tableLines(heads('department', 'dataset', 'records', 'setAside', 'rate'), some(report.departments).map((one) => [
      one.department ?? texts.say('cli.quality.nobody'), one.dataset, one.records, one.refused, share(one.rate)])),
    ...more(report.departments), '',
    ...tableLines(heads('code', 'dataset', 'field', 'rule', 'severity', 'records', 'alone', 'meaning'), some(report.rules).map((one) => [
      one.code, one.dataset, one.field, one.rule, texts.say(`cli.severity.${one.severity}`), one.records, one.alone, texts.title(one.code)])),
    ...more(report.rules), '',
    ...tableLines(heads('day', 'dataset', 'kept', 'setAside', 'rate'), some(report.days).map((one) => [one.day, one.dataset, one.kept, one.refused, share(one.rate)])),
    ...more(report.days),
  ];
}

/** `99.27%`; cut off and not rounded up, so that 100 % is said of nothing less. */
function share(rate: number | null): string {
  return rate === null ? '—' : `${(Math.floor(rate * 10_000) / 100).toFixed(2)}%`;
}
