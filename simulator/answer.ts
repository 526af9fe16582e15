import { hash } from 'node:crypto';

/** What goes back: an HTTP status and a body that is already JSON text. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** An answer in the region's form `{code, message, data}`; the HTTP status is the code, save 207 which travels as 200. */
export function answer(code: number, message: string, data?: unknown): Answer {
  return { status: code === 207 ? 200 : code, text: JSON.stringify({ code, message, data }) };
}

/** The same with data that is JSON text already. */
export function answerText(code: number, message: string, data: string): Answer {
  return { status: code === 207 ? 200 : code, text: `{"code":${code},"message":${JSON.stringify(message)},"data":${data}}` };
}

/** An answer of the control interface: plain JSON without the region's form. */
export function plain(value: unknown, status = 200): Answer {
  return { status, text: JSON.stringify(value) };
}

/** SM3 of bytes or UTF-8 text, lower-case hex. */
export function sm3(bytes: Uint8Array | string): string {
  return hash('sm3', bytes, 'hex');
}
