import type { Group } from '../../../src/mending/groups.ts';
import type { Selection } from '../../../src/mending/selection.ts';
import { form } from '../../../src/record/form.ts';
import type { Change } from '../../../src/record/change.ts';
import { bodyOf, checkDataset, scopeOf, whoOf, type Act, type Asked, type Handlers } from '../asked.ts';
import { shapesOf } from '../masking.ts';
import { Refusal } from '../refusal.ts';
import { shownProblem } from '../shown-problem.ts';
import type { CodeLine } from '../workbench.ts';
import type { World } from '../world.ts';
import { titleOf } from './records.ts';
import { sheetIn } from '../sheet-body.ts';

const usual = 50;
const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface Choice { readonly dataset: string; readonly code?: string; readonly field?: string; readonly value?: string; readonly department?: string; readonly seqs?: readonly number[] }

/** Records set aside: looking at them, and the workbench at which they are mended. */
export function quarantineRoutes(world: World): Handlers {
  return {
    reads: {
      listQuarantineGroups: async (asked) => {
        const groups = (await world.workbench.groups()).filter((one) => inScope(asked, one.dataset) && (asked.query['dataset'] ?? one.dataset) === one.dataset);
        const total = (await world.read.totals()).filter((one) => inScope(asked, one.dataset)).reduce((sum, one) => sum + one.quarantined, 0);
        return { json: { total, withinDays: world.site().mendWithinDays, groups: (asked.query['by'] === 'department' ? groups : merged(groups)).map((one) => shownGroup(one, asked, world)) } };
      },
      listQuarantine: async (asked) => {
        const { dataset, code, field, value, after = 0, limit = usual } = asked.query as { readonly dataset?: string; readonly code?: string; readonly field?: string; readonly value?: string; readonly after?: number; readonly limit?: number };
        if (dataset !== undefined) checkDataset(asked, dataset);
        const page = await world.read.setAsidePage({
          datasets: dataset === undefined ? scopeOf(asked) : [dataset], after, limit,
          ...(code === undefined ? {} : { code }), ...(field === undefined ? {} : { field }), ...(value === undefined ? {} : { value }),
        });
        return { json: { records: page.map((one) => shownAside(one, asked, world)), next: page.length < limit ? null : page.at(-1)?.seq ?? null } };
      },
      getQuarantined: async (asked) => {
        const seq = Number(asked.path['seq']);
        const found = await world.read.quarantinedChange(seq);
        const [about] = await world.read.setAsidePage({ datasets: null, after: seq - 1, limit: 1 });
        if (found === null || about === undefined || about.seq !== seq) throw new Refusal(404, 'QUARANTINE_UNKNOWN', { number: seq });
        checkDataset(asked, about.dataset);
        return { json: { about: shownAside(about, asked, world), row: shownRow(found.change) } };
      },
      previewMending: async (asked) => {
        const { group, codes = [] } = bodyOf<{ readonly group: Choice; readonly codes?: readonly CodeLine[] }>(asked);
        const outcome = await world.workbench.preview(selectionOf(asked, group), codes);
        if (outcome === null) throw new Refusal(503, 'PREVIEW_STOPPED');
        const problems = outcome.problems.map(({ code, table, field, records }) => ({ code, title: asked.texts.title(code), field: [table, field].filter(Boolean).join('.'), count: records }));
        return { json: { examined: outcome.looked, passed: outcome.freed + outcome.gone, kept: outcome.looked - outcome.freed - outcome.gone, problems, examples: [] } };
      },
    },
    acts: {
      addCodes: async (asked) => {
        const { codes } = bodyOf<{ readonly codes: readonly CodeLine[] }>(asked);
        for (const one of world.site().datasets.filter((dataset) => codes.some((line) => line.table in dataset.codes))) checkDataset(asked, one.dataset);
        await world.workbench.checkCodes(codes);
        return {
          object: `code tables ${[...new Set(codes.map((one) => one.table))].join(' ')}`, after: codes.map(({ table, from, to }) => ({ table, from, to })),
          perform: async () => {
            await world.workbench.addCodes(codes);
            return { json: { done: true } };
          },
        };
      },
      redrive: async (asked) => {
        const { group, reason } = bodyOf<{ readonly group: Choice; readonly reason: string }>(asked);
        const selection = selectionOf(asked, group);
        return {
          object: `quarantine of ${group.dataset}`, after: choiceFacts(group),
          perform: async () => {
            const done = await world.workbench.redrive(selection, { who: whoOf(asked).account.login, why: reason });
            return { json: { examined: done.looked, passed: done.freed + done.gone, kept: done.looked - done.freed - done.gone } };
          },
        };
      },
      exportQuarantine: async (asked) => {
        const { group } = bodyOf<{ readonly group: Choice }>(asked);
        const selection = selectionOf(asked, group);
        return {
          object: `quarantine of ${group.dataset}`, after: choiceFacts(group),
          perform: async () => ({ bytes: await world.workbench.sheet(selection, asked.texts), type: workbookType, name: `quarantine-${group.dataset}.xlsx` }),
        };
      },
      importCorrections: (asked) => take(asked, world),
    },
  };
}

async function take(asked: Asked, world: World): Promise<Act> {
  const apply = asked.query['apply'] === 'true';
  const bytes = await sheetIn(asked.request);
  return {
    object: 'corrections', after: { apply, bytes: bytes.length },
    perform: async () => ({ json: { applied: apply, ...await world.workbench.take(bytes, { who: whoOf(asked).account.login, apply, datasets: scopeOf(asked), texts: asked.texts }) } }),
  };
}

function selectionOf(asked: Asked, { seqs, ...choice }: Choice): Selection {
  checkDataset(asked, choice.dataset);
  return { ...choice, ...(choice.department === '' ? { department: null } : {}), ...(seqs === undefined ? {} : { numbers: seqs }) };
}

function choiceFacts({ seqs, ...choice }: Choice): Readonly<Record<string, string | number>> {
  return { ...choice, ...(seqs === undefined ? {} : { records: seqs.length }) };
}

function inScope(asked: Asked, dataset: string): boolean {
  const scope = scopeOf(asked);
  return scope === null || scope.includes(dataset);
}

/** Groups of all departments together. */
function merged(groups: readonly Group[]): readonly Group[] {
  const found = new Map<string, Group>();
  for (const one of groups) {
    const name = [one.dataset, one.code, one.table, one.field, one.value].join('\t');
    const other = found.get(name);
    found.set(name, other === undefined ? { ...one, department: null } : { ...other, records: other.records + one.records, alone: other.alone + one.alone, since: Math.min(other.since, one.since) });
  }
  return [...found.values()].toSorted((one, other) => other.records - one.records);
}

function shownGroup({ dataset, code, table, field, value, department, records, since }: Group, { texts }: Asked, world: World): unknown {
  const shape = shapesOf(world.site()).get(table);
  // Advice about a code without partner names the code table to be mended.
  const codeTable = code === 'CODE_UNMAPPED' ? world.site().datasets.find((one) => one.dataset === dataset)?.records.find((one) => one.table === table)?.fields[field]?.steps.code : undefined;
  const label = shape?.fields[shape.position.get(field) ?? -1]?.comment ?? field;
  return {
    dataset, title: titleOf(dataset, world), code, meaning: texts.title(code), mend: texts.advice({ code, field, table: codeTable ?? table, facts: { value } }).mend, field: [table, field].filter((part) => part !== '').join('.'),
    label, value, department, count: records, oldestAt: since, dueAt: dueAt(since, world),
  };
}

/** When what was set aside at a moment is to be mended; null where the site sets no time. */
function dueAt(since: number, world: World): number | null {
  const days = world.site().mendWithinDays;
  return days === null ? null : since + days * 86_400_000;
}

function shownAside(one: Awaited<ReturnType<World['read']['setAsidePage']>>[number], { texts }: Asked, world: World): unknown {
  const { seq, record, dataset, key, version, asideAt, problems } = one;
  return { seq, record, dataset, title: titleOf(dataset, world), key, version, asideAt, dueAt: dueAt(asideAt, world), problems: problems.map((problem) => shownProblem(problem, { site: world.site(), texts, secrets: [] })) };
}

/** What was read, cell by cell, in its form without what it says. */
function shownRow(change: Change): readonly unknown[] {
  if (change.state === 'gone') return [];
  const cells = (of: string, row: Readonly<Record<string, unknown>>): readonly unknown[] =>
    Object.entries(row).map(([column, value]) => ({ of, column, value: value === null ? null : form(value as string | number) }));
  return [...cells('', change.row), ...Object.entries(change.children).flatMap(([child, rows]) => rows.flatMap((row, at) => cells(`${child}[${at + 1}]`, row)))];
}
