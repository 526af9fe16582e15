import { routes, type Calls } from './calls.ts';
import { Refusal, type Said } from './refusal.ts';

export type CallName = keyof Calls;
type Given<Name extends CallName> = Calls[Name]['given'];

/** What a call may carry, whichever it is. */
interface Carried {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly header?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const patienceMs = 120_000;
/** Signals of readings that a page makes by itself: they do not count as somebody being there. */
const byItself = new WeakSet<AbortSignal>();
const heard = { csrf: '', language: 'zh-CN', onSignedOut: (): void => undefined };

/** The token that goes with every deed; the session gives it. */
export function signWith(csrf: string): void {
  heard.csrf = csrf;
}

/** The language in which the server's sentences come. */
export function askIn(language: string): void {
  heard.language = language;
}

/** Called when the server no longer knows the session. */
export function whenSignedOut(then: () => void): void {
  heard.onSignedOut = then;
}

/** Marks the readings under a signal as made by the page itself, so that a session nobody uses can end. */
export function markByItself(signal: AbortSignal): void {
  byItself.add(signal);
}

/** Asks the server; throws a Refusal for any answer but the good one. */
export async function call<Name extends CallName>(name: Name, given: Given<Name>, signal?: AbortSignal): Promise<Calls[Name]['answer']> {
  const [method, path] = routes[name];
  const carried: Carried = given;
  const answer = await reach(addressOf(path, carried), {
    method, headers: { ...headersOf(method, carried), ...(signal !== undefined && byItself.has(signal) ? { 'x-by-itself': '1' } : {}) }, credentials: 'same-origin', cache: 'no-store',
    body: bodyOf(method, carried.body), signal: signal ?? AbortSignal.timeout(patienceMs),
  });
  if (answer.ok) return read(answer);
  const said = (await answer.json().catch(() => ({}))) as Said;
  if (said.code === 'NOT_SIGNED_IN') heard.onSignedOut();
  throw new Refusal(answer.status, said.code ?? `HTTP_${answer.status}`, said);
}

/** The address of a call with its path and query filled in. */
export function addressOf(path: string, { path: places = {}, query = {} }: Carried): string {
  const filled = path.replace(/\{(\w+)\}/g, (_braces: string, name: string) => encodeURIComponent(String(places[name])));
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]]));
  return pairs.length === 0 ? filled : `${filled}?${new URLSearchParams(pairs)}`;
}

function headersOf(method: string, { header = {}, body }: Carried): Record<string, string> {
  const more = Object.entries(header).flatMap(([name, value]) => (value === undefined ? [] : [[name, encodeURIComponent(value)]]));
  return {
    'accept-language': heard.language,
    ...(method === 'GET' ? {} : { 'x-csrf': heard.csrf, 'content-type': body instanceof Blob ? sheet : 'application/json' }),
    ...Object.fromEntries(more) as Record<string, string>,
  };
}

function bodyOf(method: string, body: unknown): string | Blob | null {
  if (method === 'GET') return null;
  return body instanceof Blob ? body : JSON.stringify(body ?? {});
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if ((init.signal?.reason as Error | undefined)?.name === 'AbortError') throw cause;
    throw new Refusal(0, 'CONSOLE_UNREACHABLE');
  }
}

function read<Answer>(answer: Response): Promise<Answer> {
  const type = answer.headers.get('content-type') ?? '';
  return (type.startsWith('application/json') ? answer.json() : answer.blob()) as Promise<Answer>;
}
