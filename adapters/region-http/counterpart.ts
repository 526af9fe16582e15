import type { Counterpart, Group, KeyPage, ShownRow, Told, ToldDigests, ToldRow } from '../../src/port/compare.ts';
import type { CompareProfile, DigestForm } from '../../src/port/compare-profile.ts';
import type { Line } from './line.ts';
import { at, textIn } from './place.ts';
import { ask as question, type Question } from './question.ts';

/** Reads one thing out of an answer; undefined when the answer has another shape than the profile says. */
type Read<T> = (body: unknown) => T | undefined;

/** Asks the region about what it has, by the block `compare` of the profile. */
export function counterpart(line: Line): Counterpart {
  const setting = (): CompareProfile => line.profile.compare ?? { mode: 'receipts' };
  return {
    digests: async (table, prefix) => {
      const mode = setting();
      if (mode.mode !== 'digests') return notOffered;
      return ask(line, { method: mode.method, path: mode.path, known: { table }, asked: { [mode.prefix]: prefix } }, (body) => digestsIn(body, mode));
    },
    groups: async (table) => {
      const mode = setting();
      if (mode.mode !== 'days' && mode.mode !== 'counts') return notOffered;
      const { day, type } = mode.by[table] ?? {};
      const asked = { ...(day === undefined ? {} : { day }), ...(type === undefined ? {} : { type }) };
      const { group, digest = 'hex' } = mode;
      return ask(line, { method: mode.method, path: mode.path, known: { table }, asked }, (body) => listAt(body, mode.groups, (one): Group | undefined => {
        const count = Number(textIn(one, group.count) ?? 'none');
        if (!Number.isInteger(count)) return undefined;
        const told = group.digest === undefined ? undefined : textIn(one, group.digest);
        return { day: textIn(one, group.day) ?? '', type: textIn(one, group.type) ?? '', count, digest: told === undefined ? null : inHex(told, digest) };
      }));
    },
    keys: async (table, cursor) => {
      const mode = setting();
      if (mode.mode !== 'keys') return notOffered;
      const asked = { ...(cursor === null ? {} : { [mode.cursor]: cursor }), [mode.limit.name]: mode.limit.rows };
      return ask(line, { method: mode.method, path: mode.path, known: { table }, asked }, (body): KeyPage | undefined => {
        const rows = rowsAt(body, mode.rows, { names: mode.row, form: mode.digest ?? 'hex' });
        return rows === undefined ? undefined : { rows, next: textIn(body, mode.next) ?? null };
      });
    },
    show: async (table, rowGuid) => {
      const mode = setting();
      const show = mode.mode === 'receipts' ? undefined : mode.show;
      if (show === undefined) return notOffered;
      return ask(line, { method: show.method, path: show.path, known: { table }, asked: { [show.rowGuid]: rowGuid } }, (body) => listAt(body, show.rows, rowOf));
    },
  };
}

const notOffered = { verdict: 'denied', reason: 'NOT_IN_PROFILE' } as const;

async function ask<T>(line: Line, asking: Question, read: Read<T>): Promise<Told<T>> {
  const reply = await question(line, asking);
  if (reply.verdict === 'denied') return { verdict: 'denied', reason: reply.code };
  if (reply.verdict !== 'yes') return reply;
  const value = read(reply.body);
  return value === undefined ? { verdict: 'unknown', reason: 'ANSWER_UNREADABLE' } : { verdict: 'told', value };
}

function digestsIn(body: unknown, mode: Extract<CompareProfile, { mode: 'digests' }>): ToldDigests | undefined {
  if (Array.isArray(at(body, mode.rows))) {
    const rows = rowsAt(body, mode.rows, { names: mode.row, form: mode.digest });
    return rows === undefined || rows.some((row) => row.digest === null) ? undefined : { rows };
  }
  const buckets = listAt(body, mode.buckets, (one) => {
    const [prefix, count, digest] = [textIn(one, mode.bucket.prefix), textIn(one, mode.bucket.count), textIn(one, mode.bucket.digest)];
    return prefix === undefined || count === undefined || digest === undefined ? undefined : { prefix, count: Number(count), digest: inHex(digest, mode.digest) };
  });
  return buckets === undefined ? undefined : { buckets };
}

function rowsAt(body: unknown, path: string, how: { readonly names: { readonly rowGuid: string; readonly digest?: string }; readonly form: DigestForm }): readonly ToldRow[] | undefined {
  const { names, form } = how;
  return listAt(body, path, (one): ToldRow | undefined => {
    const rowGuid = textIn(one, names.rowGuid);
    const digest = names.digest === undefined ? undefined : textIn(one, names.digest);
    return rowGuid === undefined ? undefined : { rowGuid, digest: digest === undefined ? null : inHex(digest, form) };
  });
}

/** Every entry of a list, or undefined when one of them cannot be read: half an answer is none. */
function listAt<T>(body: unknown, path: string, read: (one: unknown) => T | undefined): readonly T[] | undefined {
  const list = at(body, path);
  if (!Array.isArray(list)) return undefined;
  const values = (list as unknown[]).map(read).filter((one) => one !== undefined);
  return values.length === list.length ? values : undefined;
}

function rowOf(one: unknown): ShownRow | undefined {
  return typeof one === 'object' && one !== null && !Array.isArray(one) ? (one as ShownRow) : undefined;
}

function inHex(digest: string, form: DigestForm): string {
  return form === 'hex' ? digest.toLowerCase() : Buffer.from(digest, form).toString('hex');
}
