import { join } from 'node:path';
import { loadGround } from '../config/load-ground.ts';
import { plainName } from '../config/identifier.ts';
import { nearest } from '../config/nearest.ts';
import { guessFields, guessTime } from '../mapping/guess.ts';
import type { TableDescription } from '../port/source.ts';
import { Failure } from '../record/failure.ts';
import { draftOf } from './draft.ts';
import { tellMistakes } from './open.ts';
import type { ExitCode, Invocation } from './parts.ts';

/** What may be said beforehand instead of being asked. */
export interface InitOptions {
  readonly source?: string;
  readonly to?: string;
  readonly from?: string;
  readonly title?: string;
  readonly key?: string;
  readonly time?: string;
}

/** Rows looked at for the forms of dates. */
const looked = 50;

/** `qilian init <dataset>`: asks a few questions and writes a first mapping from the names and comments of a county's columns. Nothing is overwritten. */
export async function init(invocation: Invocation, dataset: string, said: InitOptions): Promise<ExitCode> {
  const { parts, texts, siteDir, env, json } = invocation;
  if (!plainName.test(dataset)) throw new Failure('INIT_NAME_WRONG', { name: dataset.slice(0, 40) });
  const ground = await loadGround({ dir: siteDir, env });
  if ('mistakes' in ground) throw tellMistakes(invocation, ground.mistakes);
  const file = join(siteDir, 'mappings', 'county', ground.county, `${dataset}.yaml`);
  if (parts.exists(file)) throw new Failure('INIT_FILE_THERE', { file });
  const asking = new Asking(invocation);
  const source = await asking.one('source', said.source, Object.keys(ground.sources));
  const to = await asking.one('to', said.to, [...ground.shapes.keys()]);
  const shape = ground.shapes.get(to);
  const setting = ground.sources[source];
  if (shape === undefined || setting === undefined) throw new Failure('INIT_NAME_WRONG', { name: to });
  const county = parts.openSource(setting);
  try {
    const tables = (await county.describe()).toSorted((one, other) => guessFields(shape, other.columns).length - guessFields(shape, one.columns).length);
    const from = await asking.one('from', said.from, tables.map((table) => table.table));
    const table = tables.find((one) => one.table === from) as TableDescription;
    const columns = table.columns.map((column) => column.name);
    const key = await asking.one('key', said.key ?? table.columns.find((column) => column.key === true)?.name, columns);
    const time = said.time ?? guessTime(table.columns);
    const title = said.title ?? table.title ?? shape.title;
    const rows = await county.sample(from, looked);
    const { text, guessed, missing } = draftOf({ dataset, title, source, key, time: time !== null && columns.includes(time) ? time : null, table, shape, rows });
    parts.writeNew(file, text);
    if (json) parts.out(JSON.stringify({ file, table: from, guessed, missing }));
    else parts.out(texts.say('cli.init.written', { file, table: from, guessed, missing }));
    return 0;
  } finally {
    await county.close();
  }
}

/** Asks a person at a terminal; elsewhere what has not been said beforehand is a Failure that names the option. */
class Asking {
  readonly #invocation: Invocation;

  constructor(invocation: Invocation) {
    this.#invocation = invocation;
  }

  /** One of these names; where there is but one, it is taken. */
  async one(what: 'source' | 'to' | 'from' | 'key', said: string | undefined, names: readonly string[]): Promise<string> {
    const { parts, texts } = this.#invocation;
    const [only] = names;
    const shown = names.slice(0, 8).join('、');
    let answer = said ?? (names.length === 1 ? only : undefined);
    if (answer === undefined) {
      if (!parts.terminal) throw new Failure('INIT_NOT_SAID', { option: `--${what}`, known: shown });
      answer = (await parts.ask(texts.say(`cli.init.${what}`, { known: shown, first: only ?? '' }))).trim() || only;
    }
    if (answer !== undefined && names.includes(answer)) return answer;
    throw new Failure('INIT_NAME_UNKNOWN', { name: (answer ?? '').slice(0, 40), near: nearest(answer ?? '', names) });
  }
}
