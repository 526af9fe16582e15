import { resolve } from 'node:path';
import type { Site } from '../config/site.ts';
import { mendLines, type MendLine } from '../mending/mend-lines.ts';
import { preview } from '../mending/preview.ts';
import { readCorrections, type LineMistake, type Returned } from '../mending/read-corrections.ts';
import { redrive } from '../mending/redrive.ts';
import type { Selection } from '../mending/selection.ts';
import type { LookingStore } from '../port/store.ts';
import type { KeptCorrection } from '../record/correction.ts';
import { Failure } from '../record/failure.ts';
import { highWater } from '../schedule/gateway.ts';
import { correctionsOf, mendingParts, type MendingParts } from '../schedule/mending.ts';
import { openCounty } from './county.ts';
import { mendSheets, returnedLines } from './mend-sheets.ts';
import { lookInto, openSite, readSite } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';
import { outcomeLines, tellRedriven } from './quarantine-mend.ts';

const perSecond = 200;

/** `qilian quarantine export --xlsx FILE`: what must be mended, cell by cell, with a column for what is right. */
export async function quarantineExport(invocation: Invocation, selection: Selection, xlsx: string): Promise<ExitCode> {
  const { parts, texts, json } = invocation;
  const site = await readSite(invocation);
  const store = lookInto(invocation, site);
  const mending = await mendingOf(invocation, site, store);
  try {
    const lines: MendLine[] = [];
    for await (const line of mendLines({ ...mending, site, store }, selection)) lines.push(line);
    const records = new Set(lines.map(({ one }) => one.seq)).size;
    if (records === 0) throw new Failure('NOTHING_SET_ASIDE');
    await written(parts.writeWorkbook(resolve(xlsx), mendSheets(lines, { site, texts })), xlsx);
    parts.out(json ? JSON.stringify({ file: xlsx, records, lines: lines.length }) : texts.say('cli.quarantine.exported', { file: xlsx, records, lines: lines.length }));
    return 0;
  } finally {
    await mending.close();
    await store.close();
  }
}

/** `qilian quarantine import FILE --who NAME`: takes what people have put right, if all of it is; 2 when a line is wrong. */
export async function quarantineImport(invocation: Invocation, file: string, { who, only }: { readonly who: string; readonly only: 'preview' | 'take' }): Promise<ExitCode> {
  const { parts, texts } = invocation;
  if (who.trim() === '') throw new Failure('WHO_AND_WHY');
  const site = await readSite(invocation);
  const sheets = await parts.readWorkbook(resolve(file));
  const lines = returnedLines(sheets, [texts, ...['zh-CN', 'en'].map((language) => parts.texts(language))]);
  const store = lookInto(invocation, site);
  const mending = await mendingOf(invocation, site, store);
  let returned: Returned;
  try {
    returned = await readCorrections({ ...mending, site, store }, lines, { who: who.trim(), at: parts.clock.wallMs() });
    if (returned.mistakes.length > 0) return tellMistakes(invocation, file, returned.mistakes);
    if (only === 'preview') return await previewed(invocation, { site, store, returned });
  } finally {
    await mending.close();
    await store.close();
  }
  return take(invocation, { site, returned, who: who.trim() });
}

async function previewed(invocation: Invocation, about: { readonly site: Site; readonly store: LookingStore; readonly returned: Returned }): Promise<ExitCode> {
  const { site, store, returned } = about;
  const { parts, texts, json } = invocation;
  const mending = await mendingOf(invocation, site, store, returned.corrections.map((one) => ({ ...one, id: 0 })));
  try {
    const outcome = await preview({ ...mending, store, selection: { numbers: returned.numbers }, signal: parts.signal, progress: () => undefined });
    if (outcome === null) return 130;
    if (json) parts.out(JSON.stringify({ corrections: returned.corrections.length, ...outcome }));
    else for (const line of [...outcomeLines(outcome, invocation), texts.say('cli.quarantine.previewed')]) parts.out(line);
    return 0;
  } finally {
    await mending.close();
  }
}

async function take(invocation: Invocation, about: { readonly site: Site; readonly returned: Returned; readonly who: string }): Promise<ExitCode> {
  const { site, returned, who } = about;
  const { parts, texts, json } = invocation;
  if (returned.corrections.length === 0) throw new Failure('NOTHING_CORRECTED');
  const { gateway, store, close } = await openSite(invocation, site);
  try {
    await store.correct(returned.corrections);
    const mending = await mendingOf(invocation, site, store);
    const done = await redrive({
      ...mending, store, occupy: gateway.occupy, selection: { numbers: returned.numbers }, who, why: texts.say('cli.quarantine.corrected', { count: returned.corrections.length }),
      perSecond, highWater, clock: parts.clock, signal: parts.signal, progress: () => undefined,
    }).finally(() => mending.close());
    tellRedriven(invocation, done, json);
    return done.left === 'nothing' ? 0 : done.left === 'stopped' ? 130 : 3;
  } finally {
    await close();
  }
}

async function mendingOf(invocation: Invocation, site: Site, store: Pick<LookingStore, 'corrections'>, more: readonly KeptCorrection[] = []): Promise<MendingParts> {
  return mendingParts(site, (name) => openCounty(invocation, site, name), [...await correctionsOf(site, store), ...more]);
}

function tellMistakes({ parts, texts, json }: Invocation, file: string, mistakes: readonly LineMistake[]): ExitCode {
  if (json) parts.out(JSON.stringify({ mistakes }));
  else {
    for (const { line, code, facts } of mistakes) parts.err(`${file}:${line} ${code} ${texts.sentence({ code, facts })}`);
    parts.err(texts.say('cli.quarantine.nothingTaken', { count: mistakes.length }));
  }
  return 2;
}

async function written(writing: Promise<void>, file: string): Promise<void> {
  await writing.catch((cause: unknown) => {
    throw new Failure('FILE_NOT_WRITTEN', { file, reason: cause instanceof Error && 'code' in cause ? String(cause.code) : 'UNKNOWN' }, cause);
  });
}
