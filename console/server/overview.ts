import type { Texts } from '../../src/cli/texts.ts';
import type { Run } from '../../src/record/run.ts';
import type { DatasetFigures, Figures } from './figures.ts';
import { age, fullTime, moment } from './local-time.ts';

/** How a cell is to be seen: plain, quiet (nothing to look at), or one of the three lamps. */
export type Tone = 'plain' | 'quiet' | 'good' | 'watch' | 'bad';

/** One piece of text on the page; the same for the first rendering and for the refresh. */
export interface Cell {
  readonly text: string;
  readonly tone: Tone;
}

/** Every changing piece of the first page by its name, e.g. `licences.waiting`, `all.waiting`, `breaker.state`. */
export type Cells = Readonly<Record<string, Cell>>;

/** Columns with a number, in the order shown. */
export const numbers = ['region', 'delivered', 'waiting', 'quarantined'] as const;

/** Reads figures into cells, in the language of the texts. */
export function overviewCells(figures: Figures, texts: Texts): Cells {
  const rows = figures.datasets.flatMap((dataset) => rowCells(dataset, figures.at, texts));
  const totals = numbers.map((name) => {
    const sum = figures.datasets.reduce((total, dataset) => total + dataset[name], 0);
    return [`all.${name}`, numberCell(name, sum)] as const;
  });
  return Object.fromEntries([
    ...rows,
    ...totals,
    ...breakerCells(figures, texts),
    ['updated', plain(texts.say('console.updated', { time: fullTime(figures.at) }))],
  ]);
}

function rowCells(dataset: DatasetFigures, now: number, texts: Texts): readonly (readonly [string, Cell])[] {
  const none = { text: texts.say('console.none'), tone: 'quiet' } as const;
  const run = dataset.lastRun;
  const named = (name: string, cell: Cell): readonly [string, Cell] => [`${dataset.name}.${name}`, cell];
  return [
    ...numbers.map((name) => named(name, numberCell(name, dataset[name]))),
    named('oldest', dataset.oldestWaitingAt === null ? none : plain(age(now - dataset.oldestWaitingAt, texts))),
    named('run', run === null ? { text: texts.say('console.never'), tone: 'quiet' } : { text: texts.say(`console.run.${run.state}`), tone: runTone(run.state) }),
    named('runTime', plain(run === null ? '' : moment(run.endedAt ?? run.startedAt, now, texts))),
    named('counts', plain(run === null ? '' : runDetail(run, texts))),
    named('next', dataset.nextRun === null ? { text: texts.say('console.byHand'), tone: 'quiet' } : plain(moment(dataset.nextRun, now, texts))),
  ];
}

function breakerCells({ breaker, at }: Figures, texts: Texts): readonly (readonly [string, Cell])[] {
  const tone = { closed: 'good', 'half-open': 'watch', open: 'bad' } as const;
  const since = breaker.since === null || breaker.state === 'closed' ? '' : texts.say('console.breaker.since', { time: moment(breaker.since, at, texts) });
  const reason = breaker.reason === null || breaker.state === 'closed' ? '' : reasonText(breaker.reason, texts);
  return [
    ['breaker.state', { text: texts.say(`console.breaker.${breaker.state}`), tone: tone[breaker.state] }],
    ['breaker.detail', plain([since, reason].filter((part) => part !== '').join(' · '))],
  ];
}

/** The reason in words: of the network, of our own codes, else as the region said it. */
function reasonText(reason: string, texts: Texts): string {
  const [code = '', ...rest] = reason.split(' ');
  const key = `console.reason.${code}`;
  const words = texts.say(key) === key ? texts.title(code) : texts.say(key);
  return [words, ...rest].join(' ');
}

function numberCell(name: (typeof numbers)[number], value: number): Cell {
  const tone = value === 0 ? 'quiet' : name === 'quarantined' ? 'watch' : 'plain';
  return { text: group(value), tone };
}

function runDetail(run: Run, texts: Texts): string {
  const counts = texts.say('console.counts', grouped(run.counts));
  return run.failure === null ? counts : `${texts.sentence({ code: run.failure })} · ${counts}`;
}

function runTone(state: string): Tone {
  if (state === 'done') return 'good';
  return state === 'failed' ? 'bad' : 'watch';
}

function grouped(counts: object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, group(Number(value))]));
}

function group(value: number): string {
  return value.toLocaleString('en-US');
}

function plain(text: string): Cell {
  return { text, tone: 'plain' };
}
