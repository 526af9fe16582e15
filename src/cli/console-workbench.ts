import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workbench } from '../../console/server/workbench.ts';
import type { Site } from '../config/site.ts';
import { groupsOf } from '../mending/groups.ts';
import { mendLines, type MendLine } from '../mending/mend-lines.ts';
import { preview } from '../mending/preview.ts';
import { readCorrections } from '../mending/read-corrections.ts';
import { redrive } from '../mending/redrive.ts';
import type { Selection } from '../mending/selection.ts';
import type { Store } from '../port/store.ts';
import { answerableOf } from '../quality/answerable.ts';
import { qualityReport } from '../quality/report.ts';
import { Failure } from '../record/failure.ts';
import type { KeptCorrection } from '../record/correction.ts';
import { highWater, zoneMinutes, type Gateway } from '../schedule/gateway.ts';
import { correctionsOf, mendingParts, type MendingParts } from '../schedule/mending.ts';
import type { Timetable } from '../schedule/timetable.ts';
import { codeFiles, withCodes } from './code-lines.ts';
import { openCounty } from './county.ts';
import { mendSheets, returnedLines } from './mend-sheets.ts';
import { lookInto } from './open.ts';
import type { Invocation } from './parts.ts';
import { qualitySheets } from './quality-sheets.ts';

/** Records examined in a second, at most, while people work beside. */
const perSecond = 500;
/** Lines of one sheet; more is told to be asked for in parts. */
const mostLines = 20_000;

/** What the workbench is made of. */
export interface WorkbenchParts {
  readonly invocation: Invocation;
  readonly site: () => Site;
  readonly store: Store;
  readonly timetable: Timetable;
  readonly occupy: Gateway['occupy'];
  /** Takes changed files now. */
  readonly renew: () => Promise<void>;
}

/** The workbench of a running service: looks beside the store that writes, and changes only while no job runs. */
export function workbenchOf({ invocation, site, store, timetable, occupy, renew }: WorkbenchParts): Workbench {
  const { parts } = invocation;
  const mendingOf = async (one: Site, more: readonly KeptCorrection[] = []): Promise<MendingParts> =>
    mendingParts(one, (name) => openCounty(invocation, one, name), [...await correctionsOf(one, store), ...more]);
  const letGo = (selection: Selection, { who, why }: { readonly who: string; readonly why: string }): ReturnType<Workbench['redrive']> => timetable.alone(async () => {
    const mending = await mendingOf(site());
    return redrive({ ...mending, store, occupy, selection, who, why, perSecond, highWater, clock: parts.clock, signal: parts.signal, progress: () => undefined }).finally(() => mending.close());
  });
  const looking = async <T>(one: Site, more: readonly KeptCorrection[], work: (mending: MendingParts, look: ReturnType<typeof lookInto>) => Promise<T>): Promise<T> => {
    const look = lookInto(invocation, one);
    const mending = await mendingOf(one, more);
    try {
      return await work(mending, look);
    } finally {
      await mending.close();
      await look.close();
    }
  };
  return {
    groups: () => looking(site(), [], (_mending, look) => groupsOf(look, answerableOf(site()))),
    preview: (selection, codes) => looking(withCodes(site(), codes), [], (mending, look) =>
      preview({ ...mending, store: look, selection, signal: parts.signal, progress: () => undefined })),
    checkCodes: async (codes) => void await codeFiles(invocation, site(), codes),
    addCodes: async (codes) => {
      for (const { file, text } of await codeFiles(invocation, site(), codes)) writeFileSync(file, text);
      await renew();
    },
    redrive: letGo,
    sheet: (selection, texts) => looking(site(), [], async (mending, look) => {
      const lines: MendLine[] = [];
      for await (const line of mendLines({ ...mending, site: site(), store: look }, selection)) {
        lines.push(line);
        if (lines.length > mostLines) throw new Failure('SHEET_TOO_LONG', { most: mostLines });
      }
      if (lines.length === 0) throw new Failure('NOTHING_SET_ASIDE');
      return inFile(invocation, (file) => parts.writeWorkbook(file, mendSheets(lines, { site: site(), texts })));
    }),
    take: async (bytes, { who, apply, datasets, texts }) => {
      const sheets = await readBack(invocation, bytes);
      const lines = returnedLines(sheets, [texts, ...['zh-CN', 'en'].map((language) => parts.texts(language))]);
      const returned = await looking(site(), [], (mending, look) => readCorrections({ ...mending, site: site(), store: look }, lines, { who, at: parts.clock.wallMs() }));
      const wrong = returned.mistakes.map(({ line, code, facts }) => ({ line, key: '', verdict: 'wrong', what: texts.sentence({ code, facts }) }));
      if (wrong.length > 0) return { taken: 0, refused: wrong.length, lines: wrong };
      if (returned.corrections.length === 0) throw new Failure('NOTHING_CORRECTED');
      const foreign = returned.corrections.find((one) => datasets !== null && !datasets.includes(one.dataset));
      if (foreign !== undefined) throw new Failure('NOT_YOURS', { dataset: foreign.dataset });
      if (!apply) {
        const outcome = await looking(site(), returned.corrections.map((one) => ({ ...one, id: 0 })), (mending, look) =>
          preview({ ...mending, store: look, selection: { numbers: returned.numbers }, signal: parts.signal, progress: () => undefined }));
        return { taken: outcome?.freed ?? 0, refused: (outcome?.still ?? 0) + (outcome?.otherwise ?? 0), lines: [] };
      }
      await timetable.alone(() => store.correct(returned.corrections));
      const { freed, still, otherwise } = await letGo({ numbers: returned.numbers }, { who, why: texts.say('cli.quarantine.corrected', { count: returned.corrections.length }) });
      return { taken: freed, refused: still + otherwise, lines: [] };
    },
    qualityWorkbook: (department, texts) => looking(site(), [], async (_mending, look) => {
      const report = await qualityReport(site(), look, zoneMinutes(site().zone));
      const mine = department === null ? report : { ...report, departments: report.departments.filter((one) => one.department === department), unmended: report.unmended.filter((one) => one.department === department) };
      return inFile(invocation, (file) => parts.writeWorkbook(file, qualitySheets({ report: mine, site: site(), texts, zoneMinutes: zoneMinutes(site().zone) })));
    }),
  };
}

/** Workbooks are written to files; this one is read back and taken away at once, for what rows say is in it. */
async function inFile({ dataDir }: Invocation, write: (file: string) => Promise<void>): Promise<Buffer> {
  const file = join(dataDir, `.${randomUUID()}.xlsx`);
  try {
    await write(file);
    return readFileSync(file);
  } finally {
    rmSync(file, { force: true });
  }
}

async function readBack({ parts, dataDir }: Invocation, bytes: Buffer): ReturnType<Invocation['parts']['readWorkbook']> {
  const file = join(dataDir, `.${randomUUID()}.xlsx`);
  try {
    writeFileSync(file, bytes, { mode: 0o600 });
    return await parts.readWorkbook(file);
  } finally {
    rmSync(file, { force: true });
  }
}
